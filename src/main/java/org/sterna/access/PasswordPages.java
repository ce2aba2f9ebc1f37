package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.register.Credentials;
import org.sterna.register.InvalidPassword;

/**
 * Setting a password by a link, and asking for one. Opening a link changes nothing, since programs that look through
 * mails open links too. Whoever asks for a link gets the same answer whether or not there is such an account.
 */
@Controller
class PasswordPages {

    private final Credentials credentials;
    private final LoginThrottle throttle;
    private final MessageSource messages;

    PasswordPages(Credentials credentials, LoginThrottle throttle, MessageSource messages) {
        this.credentials = credentials;
        this.throttle = throttle;
        this.messages = messages;
    }

    @GetMapping("/login/forgotten")
    String forgotten(Model model) {
        model.addAttribute("errors", Map.of());
        return "access/forgotten";
    }

    @PostMapping("/login/forgotten")
    ModelAndView ask(
            @RequestParam(defaultValue = "") String who, HttpServletRequest request, Locale reader, Model model) {
        model.addAttribute("who", who);
        if (who.isBlank()) {
            model.addAttribute("errors", Map.of("who", text("access.forgotten.who.error", reader)));
            return new ModelAndView("access/forgotten", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        model.addAttribute("errors", Map.of());
        try {
            throttle.request(request.getRemoteAddr());
        } catch (TooManyAttempts wait) {
            model.addAttribute("wait", wait.minutes());
            return new ModelAndView("access/forgotten", model.asMap(), HttpStatus.TOO_MANY_REQUESTS);
        }
        credentials.forgotten(who);
        return new ModelAndView("redirect:/login?asked");
    }

    @GetMapping("/login/link/{secret}")
    ModelAndView link(@PathVariable String secret, HttpServletResponse response, Model model) {
        hide(response);
        model.addAttribute("secret", secret);
        model.addAttribute("errors", Map.of());
        return page(credentials.meantBy(secret), model, HttpStatus.OK);
    }

    @PostMapping("/login/link/{secret}")
    ModelAndView set(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String fresh,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale reader,
            Model model) {
        hide(response);
        model.addAttribute("secret", secret);
        model.addAttribute("errors", Map.of());
        Optional<String> username = credentials.meantBy(secret);
        if (username.isEmpty()) {
            return page(username, model, HttpStatus.OK);
        }
        Map<String, String> errors = new LinkedHashMap<>();
        if (!fresh.equals(again)) {
            errors.put("again", text("access.password.again.error", reader));
        } else {
            try {
                Optional<String> set = credentials.set(secret, fresh);
                if (set.isEmpty()) {
                    return page(set, model, HttpStatus.OK);
                }
                throttle.trust(set.get(), request.getRemoteAddr());
                return new ModelAndView("redirect:/login?set");
            } catch (InvalidPassword invalid) {
                errors.put("fresh", text("access.password." + invalid.fault().code(), reader));
            }
        }
        model.addAttribute("errors", errors);
        return page(username, model, HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private static ModelAndView page(Optional<String> username, Model model, HttpStatus status) {
        model.addAttribute("username", username.orElse(null));
        return new ModelAndView("access/link", model.asMap(), username.isEmpty() ? HttpStatus.NOT_FOUND : status);
    }

    /** The address is a secret, so no other site learns it. */
    private static void hide(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private String text(String key, Locale reader) {
        return messages.getMessage(key, null, reader);
    }
}
