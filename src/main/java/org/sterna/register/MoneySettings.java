package org.sterna.register;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of money, {@code sterna.money.*}.
 *
 * @param yearsWithoutRights from how many years in arrears a Party cannot hold office in the Convention's bodies and
 *     gets neither funding nor Small Grants: three or more (COP12 decision; Res. 13.2 paras 5 and 10), recalled
 * @param europeanUnion the Member States of the European Union, and the Union itself, as ISO 3166-1 alpha-3 codes and
 *     {@code EUE}
 * @param strongEconomies European Parties outside the European Union whose delegates are not funded; the test is
 *     recalled, which Parties it means is assumed
 */
@Validated
@ConfigurationProperties("sterna.money")
record MoneySettings(
        @DefaultValue("3") @Positive int yearsWithoutRights,

        @DefaultValue({
            "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA",
            "LVA", "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE", "EUE"
        })
        @NotNull
        Set<String> europeanUnion,

        @DefaultValue({"CHE", "GBR", "LIE", "MCO", "NOR"}) @NotNull
        List<String> strongEconomies) {}
