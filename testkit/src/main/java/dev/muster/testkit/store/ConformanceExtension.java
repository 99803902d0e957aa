package dev.muster.testkit.store;

import java.lang.reflect.Method;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Checks the invariants after each case, and turns a case around that needs what the backend says it lacks. */
final class ConformanceExtension implements AfterTestExecutionCallback, InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        var needed = call.getExecutable().getAnnotation(Behaviour.Needed.class);
        if (needed == null || !suite(context).lacks().contains(needed.value())) {
            invocation.proceed();
            return;
        }
        boolean failed = false;
        try {
            invocation.proceed();
        } catch (Exception | AssertionError _) {
            failed = true;
        }
        Assertions.assertThat(failed)
                .as("the gap %s is declared but closed: take the declaration away", needed.value())
                .isTrue();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        StoreConformance suite = suite(context);
        StoreInvariants.check(suite.store(), suite.lacks());
    }

    private static StoreConformance suite(ExtensionContext context) {
        return (StoreConformance) context.getRequiredTestInstance();
    }
}
