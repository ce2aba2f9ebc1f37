package org.sterna.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.BulkActs;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.campaigns.Occasions;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.engine.Cases;
import org.sterna.engine.Tasks;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.Ladders;
import org.sterna.notices.Notices;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligations;
import org.sterna.register.Accounts;
import org.sterna.register.Contributions;
import org.sterna.register.Imports;
import org.sterna.register.Parties;
import org.sterna.register.Scale;
import org.sterna.sources.Sources;
import org.sterna.time.TimeLapse;

/** This package alone, over doubles of the modules it uses. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest(
        useDefaultFilters = false,
        includeFilters = @Filter(type = FilterType.REGEX, pattern = "org\\.sterna\\.api\\.[^$]*"),
        properties =
                "spring.messages.basename=messages/api,messages/documents,messages/engine,messages/notices,messages/secretariat")
@ActiveProfiles("demo")
@Import(ApiSlice.Surroundings.class)
@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebMvcConfiguration.class
})
@MockitoBean(
        types = {
            Accounts.class,
            Sources.class,
            BulkActs.class,
            CampaignCases.class,
            Campaigns.class,
            Cases.class,
            Contributions.class,
            Correspondence.class,
            Deliveries.class,
            Documents.class,
            Drafts.class,
            Duties.class,
            FormGate.class,
            Forms.class,
            Imports.class,
            MeetingMoves.class,
            Meetings.class,
            Ladders.class,
            Notices.class,
            Obligations.class,
            Occasions.class,
            Parties.class,
            Scale.class,
            Tasks.class,
            TimeLapse.class,
            Words.class
        })
@interface ApiSlice {

    /** Login as the application has it, and a clock that stands still. */
    @TestConfiguration(proxyBeanMethods = false)
    class Surroundings {

        @Bean
        Clock clock() {
            return Clock.fixed(Samples.NOW, ZoneOffset.UTC);
        }

        @Bean
        SecurityFilterChain api(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/v3/api-docs")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(AbstractHttpConfigurer::disable)
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .build();
        }
    }
}
