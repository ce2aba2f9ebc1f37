package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/** The login page, and the door that leads everybody to their start page. */
@Controller
class LoginPage {

    private final ObjectProvider<AskedPage> asked;

    LoginPage(ObjectProvider<AskedPage> asked) {
        this.asked = asked;
    }

    @GetMapping("/login")
    String login(HttpServletRequest request, Model model) {
        Set<String> said = request.getParameterMap().keySet();
        return page(request, model, null, said);
    }

    /** Reached by a forward only, and not at the login's own address, which would take it for another attempt. */
    @PostMapping(LoginFailure.PAGE)
    String wait(
            @RequestAttribute(name = LoginFailure.WAIT, required = false) @Nullable Long minutes,
            HttpServletRequest request,
            Model model) {
        return page(request, model, minutes, Set.of());
    }

    private String page(HttpServletRequest request, Model model, @Nullable Long wait, Set<String> said) {
        model.addAttribute("wait", wait);
        model.addAttribute("failed", said.contains("failed"));
        model.addAttribute("expired", said.contains("expired"));
        model.addAttribute("kept", keptForm(request));
        model.addAttribute("left", said.contains("left"));
        model.addAttribute("ended", said.contains("ended"));
        model.addAttribute("asked", said.contains("asked"));
        model.addAttribute("set", said.contains("set"));
        model.addAttribute("changed", said.contains("changed"));
        return "access/login";
    }

    /** Whether the way leads to a form that was kept, however often somebody mistypes the password. */
    private boolean keptForm(HttpServletRequest request) {
        return asked.stream().flatMap(page -> page.page(request).stream()).anyMatch(page -> KeptFormController.id(
                        FormKeeper.path(page, request))
                .isPresent());
    }

    @GetMapping("/")
    String home(Authentication login) {
        return "redirect:" + Landing.home(login);
    }
}
