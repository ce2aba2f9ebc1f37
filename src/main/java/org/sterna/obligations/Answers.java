package org.sterna.obligations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers and event details as JSON text, the way the ledger keeps them: dates as ISO text, numbers exact. */
final class Answers {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Answers() {}

    static String write(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("Answers that cannot be kept as JSON: " + values.keySet(), unwritable);
        }
    }

    static Map<String, Object> read(String json) {
        return parse(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static Map<String, String> readTexts(String json) {
        return parse(json, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The ledger holds JSON that cannot be read", broken);
        }
    }
}
