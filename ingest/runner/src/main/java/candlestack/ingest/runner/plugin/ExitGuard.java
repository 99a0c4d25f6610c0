package candlestack.ingest.runner.plugin;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns a class's calls that would end the process into calls of {@link Exits}. A security manager could refuse them too,
 * but it is deprecated for removal, and from JDK 24 on there is none.
 */
final class ExitGuard {
    private static final String EXITS = Exits.class.getName().replace('.', '/');

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
        return (text.contains("java/lang/System") && text.contains("exit"))
                || (text.contains("java/lang/Runtime") && (text.contains("exit") || text.contains("halt")));
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
                    if (owner.equals("java/lang/System") && method.equals("exit")) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, EXITS, "exit", "(I)V", false);
                    } else if (owner.equals("java/lang/Runtime") && (method.equals("exit") || method.equals("halt"))) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, EXITS, method, "(Ljava/lang/Runtime;I)V", false);
                    } else {
                        super.visitMethodInsn(opcode, owner, method, type, isInterface);
                    }
                }
            };
        }
    }
}
