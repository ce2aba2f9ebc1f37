package org.sterna.register;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the register, {@code sterna.register.*}.
 *
 * @param longestAbsenceInDays how many days after its first day an absence may end at the latest
 */
@Validated
@ConfigurationProperties("sterna.register")
record RegisterSettings(@DefaultValue("184") @Positive int longestAbsenceInDays) {}
