package dev.muster.authz.mutation;

/**
 * One small fault put into one class: a condition turned round or a boolean answer negated.
 *
 * @param type the binary name of the class
 * @param method name of the method; lambdas have names of the compiler's
 * @param point which conditional jump or boolean return of all methods of that name, in the order of the code
 */
record Mutant(String type, String method, int point) {

    /** How the list of equivalent mutants names it. */
    String id() {
        return type.substring(type.lastIndexOf('.') + 1) + "." + method + " " + point;
    }
}
