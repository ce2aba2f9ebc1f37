package org.sterna.access;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the nonce of a bundled page to the request that it was made for. The bundled filters hand it from the header
 * to the page through the context that all requests share, so that with several readers at once a page gets another
 * one's nonce, and the browser refuses its scripts.
 */
final class NonceOnRequest extends HttpServletRequestWrapper {

    static final String NONCE = "org.camunda.bpm.csp.nonce";

    private final ServletContext context;
    private @Nullable Object nonce;

    NonceOnRequest(HttpServletRequest request) {
        super(request);
        ServletContext shared = request.getServletContext();
        this.context = (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> call(shared, method, arguments));
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    private @Nullable Object call(ServletContext shared, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments.length > 0 && NONCE.equals(arguments[0])) {
            switch (method.getName()) {
                case "setAttribute" -> {
                    nonce = arguments[1];
                    return null;
                }
                case "getAttribute" -> {
                    return nonce;
                }
                default -> {}
            }
        }
        try {
            return method.invoke(shared, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
