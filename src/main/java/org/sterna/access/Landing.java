package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.RequestCache;

/** Where somebody comes to after the login: to the page first asked for, else to the own start page. */
class Landing implements AuthenticationSuccessHandler {

    private final RequestCache asked;

    Landing(RequestCache asked) {
        this.asked = asked;
    }

    /** The start page for those roles. */
    static String home(Authentication login) {
        return login.getAuthorities().stream()
                        .anyMatch(authority -> authority.getAuthority().equals(Role.SECRETARIAT.authority()))
                ? "/secretariat"
                : "/desk";
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException {
        String target = request.getContextPath() + home(login);
        // only path and query of what was asked: the host in it came from the request
        if (asked.getRequest(request, response) instanceof DefaultSavedRequest saved && local(saved.getRequestURI())) {
            String query = saved.getQueryString();
            target = saved.getRequestURI() + (query == null ? "" : "?" + query);
        }
        asked.removeRequest(request, response);
        response.sendRedirect(response.encodeRedirectURL(target));
    }

    private static boolean local(String uri) {
        return uri.startsWith("/") && !uri.startsWith("//") && !uri.contains("\\");
    }
}
