package candlestack.ingest.api;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What code of others can link to, a line each, sorted. */
final class Signature {
    private Signature() {}

    static List<String> of(Collection<Class<?>> types) {
        List<String> lines = new ArrayList<>();
        types.stream()
                .filter(Signature::isVisible)
                .flatMap(Signature::lines)
                .sorted()
                .forEach(lines::add);
        lines.add(0, "version " + ApiVersion.current());
        return lines;
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers()) && (outer == null || isVisible(outer)) && !type.isAnonymousClass();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> lines(Class<?> type) {
        Stream<AccessibleObject> members = Stream.of(
                        type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream);
        return Stream.concat(
                Stream.of(type.getName() + ": " + described(type)),
                members.filter(member -> isVisible(((Member) member).getModifiers()))
                        .filter(member -> !((Member) member).isSynthetic())
                        .map(member -> type.getName() + ": " + described(member)));
    }

    private static String described(Class<?> type) {
        String permitted = type.isSealed()
                ? " permits "
                        + Arrays.stream(type.getPermittedSubclasses())
                                .map(Class::getName)
                                .sorted()
                                .collect(Collectors.joining(", "))
                : "";
        // Not toGenericString: what it says of sealed types and records differs between JDKs.
        return Modifier.toString(type.getModifiers())
                + " " + type.getName() + Arrays.toString(type.getTypeParameters())
                + " extends " + type.getGenericSuperclass()
                + " implements "
                + Arrays.stream(type.getGenericInterfaces())
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", ", "[", "]"))
                + permitted;
    }

    private static String described(AccessibleObject member) {
        return member instanceof Field field ? field.toGenericString() : ((Executable) member).toGenericString();
    }
}
