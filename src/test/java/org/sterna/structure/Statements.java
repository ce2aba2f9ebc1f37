package org.sterna.structure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Listens in on the database: which SQL statements the present thread runs while it does something. */
public final class Statements implements BeanPostProcessor {

    private final AtomicLong total = new AtomicLong();

    private final ThreadLocal<@Nullable List<String>> heard = new ThreadLocal<>();

    /** The statements that the action runs, in their order. */
    List<String> during(Callable<?> action) throws Exception {
        List<String> statements = new ArrayList<>();
        heard.set(statements);
        try {
            action.call();
        } finally {
            heard.remove();
        }
        return statements;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? overheard(DataSource.class, source) : bean;
    }

    /** The same, with everything that comes of it and runs statements listened to as well. */
    private <T> T overheard(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments.length > 0
                            && arguments[0] instanceof String sql
                            && (method.getName().startsWith("prepare")
                                    || method.getName().startsWith("execute"))) {
                        hear(sql);
                    }
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    if (result instanceof Connection connection && type == DataSource.class) {
                        return overheard(Connection.class, connection);
                    }
                    return method.getName().equals("createStatement")
                            ? overheard(Statement.class, (Statement) result)
                            : result;
                }));
    }

    /** How many statements were run so far, by whatever thread. */
    public long total() {
        return total.get();
    }

    private void hear(String sql) {
        total.incrementAndGet();
        List<String> statements = heard.get();
        if (statements != null) {
            // how many values are asked for at once is no difference
            statements.add(sql.strip()
                    .replaceAll("\\s+", " ")
                    .replaceAll("\\?( ?, \\?)+", "?…")
                    .replaceAll("\\(\\?…\\)(, \\(\\?…\\))+", "(?…)"));
        }
    }
}
