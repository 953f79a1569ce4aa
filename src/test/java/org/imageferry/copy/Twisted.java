package org.imageferry.copy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.imageferry.catalog.Tables;
import org.jspecify.annotations.Nullable;

/// Stands before one table of a catalog, and answers its calls in its own way.
final class Twisted {
    private Twisted() {}

    /// What becomes of a call of the table.
    @FunctionalInterface
    interface Twist<T> {
        /// @param call the call as it was made; [Call#go] lets it through
        @Nullable Object answer(Tables tables, T table, Call call) throws Throwable;
    }

    /// A call of one of the table's methods.
    record Call(Object table, Method method, List<Object> arguments) {
        String name() {
            return method.getName();
        }

        /// @param name of one of the table's methods
        boolean is(String name) {
            if (!name().equals(name) && !has(name)) {
                throw new IllegalArgumentException(method.getDeclaringClass() + " has no " + name);
            }
            return name().equals(name);
        }

        private boolean has(String name) {
            return Stream.of(method.getDeclaringClass().getMethods())
                    .anyMatch(its -> its.getName().equals(name));
        }

        <A> A argument(int index, Class<A> type) {
            return type.cast(arguments.get(index));
        }

        @Nullable Object go() throws Throwable {
            return go(arguments);
        }

        /// Lets it through with another argument.
        @Nullable Object with(int index, Object other) throws Throwable {
            List<Object> others = new ArrayList<>(arguments);
            others.set(index, other);
            return go(others);
        }

        private @Nullable Object go(List<Object> with) throws Throwable {
            try {
                return method.invoke(table, with.toArray());
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }

    static <T> Tables tables(Tables real, Class<T> type, Twist<T> twist) {
        return proxy(
                Tables.class,
                real,
                call -> {
                    Object table = call.go();
                    return type.isInstance(table) && call.method().getReturnType().equals(type)
                            ? table(real, type, type.cast(table), twist)
                            : table;
                });
    }

    private static <T> T table(Tables tables, Class<T> type, T table, Twist<T> twist) {
        return proxy(type, table, call -> twist.answer(tables, table, call));
    }

    @FunctionalInterface
    private interface Answer {
        @Nullable Object of(Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Answer answer) {
        Object proxy =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                answer.of(new Call(real, method, listOf(arguments))));
        return type.cast(proxy);
    }

    private static List<Object> listOf(Object @Nullable [] arguments) {
        return arguments == null ? List.of() : List.of(arguments);
    }
}
