package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Where somebody comes to after the login: to the page first asked for, to a form kept for them, or to the own start page. */
class Landing implements AuthenticationSuccessHandler {

    private final AskedPage asked;
    private final KeptForms forms;

    Landing(AskedPage asked, KeptForms forms) {
        this.asked = asked;
        this.forms = forms;
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
        String target = asked.page(request)
                .filter(page -> mayBeShown(page, request, login))
                .orElseGet(() -> request.getContextPath()
                        + forms.waiting(login.getName())
                                .map(KeptFormController::address)
                                .orElseGet(() -> home(login)));
        asked.removeRequest(request, response);
        response.sendRedirect(response.encodeRedirectURL(target));
    }

    /** Whoever logs in where somebody else's form was sent is not led to it. */
    private boolean mayBeShown(String page, HttpServletRequest request, Authentication login) {
        return KeptFormController.id(FormKeeper.path(page, request))
                .map(id -> forms.find(id, login.getName()).isPresent())
                .orElse(true);
    }
}
