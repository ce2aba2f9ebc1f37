package org.sterna.campaigns;

import java.time.Instant;

/**
 * That an occasion is not opened for a Party, or that the Party was excused from it.
 *
 * @param duty the duty's key
 * @param occasion the occasion
 * @param partyCode the Party
 * @param reason why, as written by the Secretariat
 * @param by user name
 * @param at when
 */
public record Exemption(String duty, String occasion, String partyCode, String reason, String by, Instant at) {}
