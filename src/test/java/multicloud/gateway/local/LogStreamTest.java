package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogStreamTest {

    @Test
    void everyLineOfManyThreadsIsWrittenWholeBeforeItCloses() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogStream log = LogStream.to(out);
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < 20; t++) {
            String line = "thread-" + t + "-".repeat(200) + "\n";
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    log.write(line.getBytes(US_ASCII), line.length());
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        log.close();
        assertThat(out.toString(US_ASCII).lines()).hasSize(20_000).allMatch(line -> line.matches("thread-\\d+-{200}"));
    }

    @Test
    void aLineAfterTheEndIsWrittenAtOnce() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogStream log = LogStream.to(out);
        log.close();
        log.write("late\nrubbish".getBytes(US_ASCII), 5);
        assertThat(out.toString(US_ASCII)).isEqualTo("late\n");
    }

    @Test
    void aLogThatNobodyReadsStopsNobody() {
        LogStream log = LogStream.to(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        byte[] line = new byte[100_000];
        for (int i = 0; i < 100; i++) {
            log.write(line, line.length);
        }
        log.close();
    }
}
