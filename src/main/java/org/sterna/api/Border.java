package org.sterna.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/** What every request under {@code /api/v1} passes on its way in. Leaves the rest of the application as it is. */
@Configuration(proxyBeanMethods = false)
class Border implements WebMvcConfigurer {

    static final String PATHS = "/api/v1/**";

    /** Enough for every form with all its texts filled to the limit. */
    private static final long MOST_JSON = 1024 * 1024;

    private final Accounts accounts;

    Border(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver(accounts));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        WebContentInterceptor neverStored = new WebContentInterceptor();
        neverStored.setCacheControl(CacheControl.noStore());
        registry.addInterceptor(neverStored).addPathPatterns(PATHS);
    }

    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.add(0, new StrictJson());
    }

    /**
     * Finds the account behind the login. Every request logs in anew, so that the account is that of this moment and a
     * revoked one is out at once; where the login does not bring it along, the register is asked.
     */
    private record CallerResolver(Accounts accounts) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.hasParameterAnnotation(Caller.class);
        }

        @Override
        public Account resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            Principal principal = request.getUserPrincipal();
            if (principal == null) {
                throw Refusal.unauthenticated();
            }
            return principal instanceof Authentication login && login.getDetails() instanceof Account account
                    ? account
                    : accounts.find(principal.getName()).orElseThrow(Refusal::unauthenticated);
        }
    }

    /** Reads bodies for the controllers of this package, and for no other: nothing unknown, doubled or converted. */
    private static final class StrictJson extends MappingJackson2HttpMessageConverter {

        StrictJson() {
            super(mapper());
            setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
        }

        private static ObjectMapper mapper() {
            JsonFactory factory = JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_JSON)
                            .build())
                    .build();
            return JsonMapper.builder(factory)
                    .enable(
                            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(LogicalType.Textual, text -> text.setCoercion(
                                    CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                    .build();
        }

        @Override
        public boolean canRead(Type type, @Nullable Class<?> contextClass, @Nullable MediaType mediaType) {
            return contextClass != null
                    && contextClass.getPackageName().equals(Border.class.getPackageName())
                    && super.canRead(type, contextClass, mediaType);
        }

        @Override
        public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
            return false;
        }

        @Override
        public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
            return false;
        }

        @Override
        public boolean canWrite(@Nullable Type type, Class<?> valueClass, @Nullable MediaType mediaType) {
            return false;
        }
    }
}
