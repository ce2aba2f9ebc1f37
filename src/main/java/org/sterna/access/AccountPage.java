package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Credentials;
import org.sterna.register.InvalidPassword;

/** The own account: changing the password, and ending all sessions. Both ask for the present password. */
@Controller
class AccountPage {

    private final Accounts accounts;
    private final Credentials credentials;
    private final LoginThrottle throttle;
    private final MessageSource messages;

    AccountPage(Accounts accounts, Credentials credentials, LoginThrottle throttle, MessageSource messages) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.throttle = throttle;
        this.messages = messages;
    }

    @GetMapping("/account")
    ModelAndView account(Authentication login, Model model) {
        return page(login, Map.of(), model, HttpStatus.OK);
    }

    @PostMapping("/account/password")
    ModelAndView change(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String fresh,
            @RequestParam(defaultValue = "") String again,
            Authentication login,
            HttpServletRequest request,
            Locale reader,
            Model model) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (!fresh.equals(again)) {
            errors.put("again", text("access.password.again.error", reader));
            return page(login, errors, model, HttpStatus.UNPROCESSABLE_ENTITY);
        }
        try {
            throttle.attempt(login.getName(), request.getRemoteAddr());
            if (credentials.change(login.getName(), present, fresh)) {
                throttle.succeeded(login.getName(), request.getRemoteAddr());
                return new ModelAndView("redirect:/login?changed");
            }
            errors.put("present", text("access.password.present.error", reader));
        } catch (TooManyAttempts wait) {
            return tooMany(wait, login, model);
        } catch (InvalidPassword invalid) {
            throttle.succeeded(login.getName(), request.getRemoteAddr());
            errors.put("fresh", text("access.password." + invalid.fault().code(), reader));
        }
        return page(login, errors, model, HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @PostMapping("/account/sessions")
    ModelAndView end(
            @RequestParam(defaultValue = "") String own,
            Authentication login,
            HttpServletRequest request,
            Locale reader,
            Model model) {
        try {
            throttle.attempt(login.getName(), request.getRemoteAddr());
        } catch (TooManyAttempts wait) {
            return tooMany(wait, login, model);
        }
        if (!accounts.passwordMatches(login.getName(), own)) {
            return page(
                    login,
                    Map.of("own", text("access.password.present.error", reader)),
                    model,
                    HttpStatus.UNPROCESSABLE_ENTITY);
        }
        throttle.succeeded(login.getName(), request.getRemoteAddr());
        credentials.endSessions(login.getName());
        return new ModelAndView("redirect:/login?left");
    }

    private ModelAndView tooMany(TooManyAttempts wait, Authentication login, Model model) {
        model.addAttribute("wait", wait.minutes());
        return page(login, Map.of(), model, HttpStatus.TOO_MANY_REQUESTS);
    }

    private ModelAndView page(Authentication login, Map<String, String> errors, Model model, HttpStatus status) {
        model.addAttribute("account", login.getDetails() instanceof Account account ? account : null);
        model.addAttribute("errors", errors);
        return new ModelAndView("access/account", model.asMap(), status);
    }

    private String text(String key, Locale reader) {
        return messages.getMessage(key, null, reader);
    }
}
