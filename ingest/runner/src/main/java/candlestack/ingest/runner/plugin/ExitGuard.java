package candlestack.ingest.runner.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns a class's calls that would end the process, and its references to such methods, into those of {@link Exits}. A
 * security manager could refuse them too, but it is deprecated for removal, and from JDK 24 on there is none.
 */
final class ExitGuard {
    private static final String EXITS = Exits.class.getName().replace('.', '/');

    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";

    private ExitGuard() {}

    /** The class as it is to be defined. One that calls nothing of the kind comes back untouched. */
    static byte[] guarded(byte[] code) {
        if (!mayEndTheProcess(code)) {
            return code;
        }
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Redirecting(writer), 0);
        return writer.toByteArray();
    }

    /** Names of what is called stand in a class as they are. */
    private static boolean mayEndTheProcess(byte[] code) {
        String text = new String(code, StandardCharsets.ISO_8859_1);
        return (text.contains(SYSTEM) && text.contains("exit"))
                || (text.contains(RUNTIME) && (text.contains("exit") || text.contains("halt")));
    }

    private static final class Redirecting extends ClassVisitor {
        private Redirecting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    if (endsTheProcess(owner, method)) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, EXITS, method, typeInExits(owner), false);
                    } else {
                        super.visitMethodInsn(opcode, owner, method, type, isInterface);
                    }
                }

                /** A method reference, such as {@code System::exit}: what it refers to is an argument. */
                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    Object[] redirected =
                            Arrays.stream(arguments).map(ExitGuard::redirected).toArray();
                    super.visitInvokeDynamicInsn(method, type, bootstrap, redirected);
                }
            };
        }
    }

    private static Object redirected(Object argument) {
        return argument instanceof Handle handle && endsTheProcess(handle.getOwner(), handle.getName())
                ? new Handle(Opcodes.H_INVOKESTATIC, EXITS, handle.getName(), typeInExits(handle.getOwner()), false)
                : argument;
    }

    private static boolean endsTheProcess(String owner, String method) {
        return (owner.equals(SYSTEM) && method.equals("exit"))
                || (owner.equals(RUNTIME) && (method.equals("exit") || method.equals("halt")));
    }

    /** What was called on a Runtime is given it there. */
    private static String typeInExits(String owner) {
        return owner.equals(RUNTIME) ? "(L" + RUNTIME + ";I)V" : "(I)V";
    }
}
