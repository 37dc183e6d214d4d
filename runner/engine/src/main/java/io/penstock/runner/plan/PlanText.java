package io.penstock.runner.plan;

import io.penstock.error.BadConfig.ConfigError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a plan's text, never more than a plan may hold. */
final class PlanText {

    private static final int LARGEST = 1 << 20;

    private PlanText() {}

    static String of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ConfigError(
                        "the plan " + file.getFileName() + " is larger than " + LARGEST + " bytes: split it");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new ConfigError("the plan " + file.getFileName() + " is not UTF-8: save it as UTF-8", broken);
        } catch (NoSuchFileException missing) {
            throw new ConfigError("there is no plan at " + file + ": check the path", missing);
        } catch (IOException unreadable) {
            throw new ConfigError(
                    "the plan " + file + " cannot be read: check that it is a file and its rights", unreadable);
        }
    }
}
