package dev.muster.authz.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the places in a class where a small fault can be put, and puts one there. */
final class Mutator {

    private static final ClassDesc BUDGET = ClassDesc.of(StepBudget.class.getName());
    private static final Map<Opcode, Opcode> TURNED = new HashMap<>();

    static {
        pair(Opcode.IFEQ, Opcode.IFNE);
        pair(Opcode.IFLT, Opcode.IFGE);
        pair(Opcode.IFGT, Opcode.IFLE);
        pair(Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE);
        pair(Opcode.IF_ICMPLT, Opcode.IF_ICMPGE);
        pair(Opcode.IF_ICMPGT, Opcode.IF_ICMPLE);
        pair(Opcode.IF_ACMPEQ, Opcode.IF_ACMPNE);
        pair(Opcode.IFNULL, Opcode.IFNONNULL);
    }

    private Mutator() {}

    private static void pair(Opcode one, Opcode other) {
        TURNED.put(one, other);
        TURNED.put(other, one);
    }

    /** Every fault that can be put into the class. */
    static List<Mutant> mutants(String type, byte[] bytes) {
        var points = new HashMap<String, Integer>();
        ClassModel model = ClassFile.of().parse(bytes);
        for (MethodModel method : model.methods()) {
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        if (isPoint(method, element)) {
                            points.merge(method.methodName().stringValue(), 1, Integer::sum);
                        }
                    }));
        }
        var all = new ArrayList<Mutant>();
        points.forEach((method, count) -> {
            for (int point = 0; point < count; point++) {
                all.add(new Mutant(type, method, point));
            }
        });
        return all;
    }

    /** The class with the fault in it; its loops spend the {@link StepBudget}, so that none runs for ever. */
    static byte[] apply(Mutant mutant, byte[] bytes) {
        int[] seen = {0};
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                boolean mutated = method.methodName().equalsString(mutant.method());
                builder.transformMethod(method, (methodBuilder, part) -> {
                    if (part instanceof java.lang.classfile.CodeModel code) {
                        methodBuilder.transformCode(code, faulty(mutated ? method : null, mutant.point(), seen));
                    } else {
                        methodBuilder.with(part);
                    }
                });
            } else {
                builder.with(element);
            }
        };
        return ClassFile.of().transformClass(ClassFile.of().parse(bytes), transform);
    }

    private static CodeTransform faulty(MethodModel mutated, int point, int[] seen) {
        return (code, element) -> {
            if (element instanceof BranchInstruction) {
                code.invokestatic(BUDGET, "spend", MethodTypeDesc.of(ConstantDescs.CD_void));
            }
            boolean here = mutated != null && isPoint(mutated, element) && seen[0]++ == point;
            switch (element) {
                case BranchInstruction branch when here -> code.branch(TURNED.get(branch.opcode()), branch.target());
                case ReturnInstruction _ when here -> code.iconst_1().ixor().ireturn();
                default -> code.with(element);
            }
        };
    }

    private static boolean isPoint(MethodModel method, CodeElement element) {
        if (method.methodName().equalsString("equals")) {
            return false; // the compiler's, of records
        }
        return switch (element) {
            case BranchInstruction branch -> TURNED.containsKey(branch.opcode());
            case ReturnInstruction answer ->
                answer.opcode() == Opcode.IRETURN
                        && method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_boolean);
            default -> false;
        };
    }
}
