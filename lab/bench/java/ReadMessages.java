import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Writes every message that a topic holds at this moment to a file: a line "PARTITION VALUE" for each, those of a partition
 * in their order. A broker that has just started may not know the topic yet, which must not look like an empty one: the
 * number of partitions is given and awaited.
 */
public final class ReadMessages {
    private static final long LIMIT_NANOS = 120_000_000_000L;

    public static void main(String[] args) throws Exception {
        Path config = Path.of(args[0]);
        String topic = args[1];
        int partitionCount = Integer.parseInt(args[2]);
        Path out = Path.of(args[3]);

        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        }
        properties.put("key.deserializer", StringDeserializer.class.getName());
        properties.put("value.deserializer", StringDeserializer.class.getName());
        long deadline = System.nanoTime() + LIMIT_NANOS;
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties);
                BufferedWriter writer = Files.newBufferedWriter(out)) {
            List<TopicPartition> partitions =
                    IntStream.range(0, partitionCount)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .collect(Collectors.toList());
            while (sizeOf(consumer.partitionsFor(topic)) < partitionCount) {
                checkTime(deadline, topic);
                Thread.sleep(500);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                checkTime(deadline, topic);
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    writer.write(record.partition() + " " + record.value());
                    writer.newLine();
                }
            }
        }
    }
    private static int sizeOf(List<?> list) {
        return list == null ? 0 : list.size();
    }

    private static void checkTime(long deadline, String topic) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(topic + " could not be read to its end in time");
        }
    }
}
