package org.sterna.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Back to the login page: the same for whatever was wrong, but with the time to wait where there is one, and a sentence
 * for those who knew the password of an account that holds no office any more.
 */
class LoginFailure implements AuthenticationFailureHandler {

    /** Where the page with the time to wait is. */
    static final String PAGE = "/login/wait";

    /** Request attribute: minutes to wait. */
    static final String WAIT = "org.sterna.access.wait";

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (failure instanceof TooManyAttempts wait) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.seconds()));
            request.setAttribute(WAIT, wait.minutes());
            request.getRequestDispatcher(PAGE).forward(request, response);
        } else if (failure instanceof NoOffice) {
            response.sendRedirect(request.getContextPath() + "/login?ended");
        } else {
            response.sendRedirect(request.getContextPath() + "/login?failed");
        }
    }
}
