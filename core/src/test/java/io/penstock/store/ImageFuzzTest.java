package io.penstock.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.store.ByteStore.Stored;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever lies in a file of stored state: nothing, or what is written as the very same bytes. */
class ImageFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void image(byte[] file) {
        Stored read = Image.read(file);
        if (read != null) {
            ByteBuffer written = Image.of(read);
            assertThat(Arrays.copyOf(written.array(), written.limit())).isEqualTo(file);
        }
        if (file.length > Long.BYTES) {
            Stored whole = new Stored(1 + (file[0] & 0xFF), Arrays.copyOfRange(file, 1, file.length));
            byte[] image = Image.of(whole).array();
            assertThat(Image.read(image)).isNotNull();
            image[Math.floorMod(file[1], image.length)] ^= (byte) (1 | file[2]);
            assertThat(Image.read(image)).isNull();
        }
    }
}
