package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** The login page, and the door that leads everybody to their start page. */
@Controller
class LoginPage {

    /** By POST only when forwarded to after a refused login. */
    @RequestMapping(
            path = "/login",
            method = {RequestMethod.GET, RequestMethod.POST})
    String login(HttpServletRequest request, Model model) {
        Object wait = request.getAttribute(LoginFailure.WAIT);
        model.addAttribute("wait", wait);
        model.addAttribute("failed", wait == null && request.getParameterMap().containsKey("failed"));
        model.addAttribute("expired", request.getParameterMap().containsKey("expired"));
        model.addAttribute("left", request.getParameterMap().containsKey("left"));
        return "access/login";
    }

    @GetMapping("/")
    String home(Authentication login) {
        return "redirect:" + Landing.home(login);
    }
}
