import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records of 1000 bytes at a steady rate and prints how long their acknowledgements took: a line "COUNT AVERAGE
 * PERCENTILE99", in milliseconds. The first seconds do not count: connections are made in them, which
 * may delay more than one record in a hundred.
 */
public final class SteadyLatency {
    private static final int RECORD_BYTES = 1000;

    public static void main(String[] args) throws Exception {
        Path config = Path.of(args[0]);
        String topic = args[1];
        int rate = Integer.parseInt(args[2]);
        int first = rate * Integer.parseInt(args[3]);
        int count = rate * Integer.parseInt(args[4]);

        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        }
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        properties.put("acks", "all");

        byte[] value = new byte[RECORD_BYTES];
        double[] latencies = new double[count];
        AtomicInteger failed = new AtomicInteger();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            producer.partitionsFor(topic);
            long start = System.nanoTime();
            for (int i = 0; i < first + count; i++) {
                int index = i - first;
                long sent = System.nanoTime();
                producer.send(
                        new ProducerRecord<>(topic, value),
                        (metadata, error) -> {
                            if (error != null) {
                                failed.incrementAndGet();
                                System.err.println(error);
                            } else if (index >= 0) {
                                latencies[index] = (System.nanoTime() - sent) / 1e6;
                            }
                        });
                LockSupport.parkNanos(start + (i + 1) * 1_000_000_000L / rate - System.nanoTime());
            }
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " records were not acknowledged");
        }
        double average = Arrays.stream(latencies).average().orElseThrow();
        Arrays.sort(latencies);
        double percentile = latencies[(int) Math.ceil(0.99 * count) - 1];
        System.out.println(String.format(Locale.ROOT, "%d %.3f %.3f", count, average, percentile));
    }
}
