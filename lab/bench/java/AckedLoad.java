import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends numbered messages at a steady rate, to all partitions in turn, and writes down when each one was acknowledged:
 * a line "ID PARTITION MILLISECONDS" for each, and at the end "end MILLISECONDS SENT FAILED". It stops by itself after
 * a time, and before that when its standard input ends.
 */
public final class AckedLoad {
    private static volatile boolean stopped = false;

    private static long failed = 0;

    public static void main(String[] args) throws Exception {
        Path config = Path.of(args[0]);
        String topic = args[1];
        int partitions = Integer.parseInt(args[2]);
        int rate = Integer.parseInt(args[3]);
        long maxNanos = Long.parseLong(args[4]) * 1_000_000_000L;
        Path log = Path.of(args[5]);

        Thread stopper = new Thread(AckedLoad::awaitEndOfInput);
        stopper.setDaemon(true);
        stopper.start();

        // The client's own defaults: acks=all, idempotent, 120 s for each message.
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        }
        properties.put("acks", "all");
        properties.put("key.serializer", StringSerializer.class.getName());
        properties.put("value.serializer", StringSerializer.class.getName());

        long sent = 0;
        double end;
        try (BufferedWriter writer = Files.newBufferedWriter(log)) {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties)) {
                // A first look-up of the topic belongs to the start and not to the load.
                producer.partitionsFor(topic);
                long start = System.nanoTime();
                while (!stopped && System.nanoTime() - start < maxNanos) {
                    long id = sent++;
                    int partition = (int) (id % partitions);
                    producer.send(
                            new ProducerRecord<>(topic, partition, null, Long.toString(id)),
                            (metadata, error) -> {
                                // Always the producer's one network thread.
                                if (error != null) {
                                    failed++;
                                    System.err.println(id + ": " + error);
                                } else {
                                    write(writer, id + " " + partition + " " + millisSince(start));
                                }
                            });
                    LockSupport.parkNanos(start + sent * 1_000_000_000L / rate - System.nanoTime());
                }
                end = (System.nanoTime() - start) / 1e6;
                producer.flush();
            }
            write(writer, String.format(Locale.ROOT, "end %.3f %d %d", end, sent, failed));
        }
    }

    private static String millisSince(long start) {
        return String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / 1e6);
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.newLine();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Only its end matters.
            }
        } catch (IOException error) {
            // As good as the end.
        }
        stopped = true;
    }
}
