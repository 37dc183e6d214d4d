package io.penstock.testkit.model.guard;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials that open the model API. They are public by intent: the data is made up. */
public final class Access {

    /** What a refused request is told it may use. */
    public static final String CHALLENGE =
            "Bearer realm=\"model-api\", Basic realm=\"model-api\", ApiKey realm=\"model-api\"";

    private static final String KEY = "demo-key";
    private static final Map<String, String> SCHEMES = Map.of(
            "bearer", "demo-token",
            "basic", "ZGVtbzpkZW1vLXBhc3N3b3Jk"); // demo:demo-password

    private Access() {}

    /**
     * The name of the first valid credential; one is enough, whatever the others are.
     *
     * @param authorization the Authorization header
     * @param header the X-Api-Key header
     * @param query the api_key query parameter
     * @return null if none is valid
     */
    public static @Nullable String credential(
            @Nullable String authorization, @Nullable String header, @Nullable String query) {
        if (KEY.equals(header) || KEY.equals(query)) {
            return "api_key";
        }
        if (authorization == null || authorization.indexOf(' ') < 0) {
            return null;
        }
        int space = authorization.indexOf(' ');
        String scheme = authorization.substring(0, space).toLowerCase(Locale.ROOT);
        String value = authorization.substring(space + 1).strip();
        return value.equals(SCHEMES.get(scheme)) ? scheme : null;
    }
}
