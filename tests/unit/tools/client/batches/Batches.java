import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;

/** Prints a batch of the same three messages for each codec, as JSON with base64. */
public class Batches {
    public static void main(String[] args) {
        CompressionType[] types = {
            CompressionType.GZIP, CompressionType.SNAPPY, CompressionType.LZ4, CompressionType.ZSTD,
        };
        String separator = "{\n";
        for (CompressionType type : types) {
            String name = type.name.toLowerCase(Locale.ROOT);
            System.out.print(separator + "    \"" + name + "\": \"" + batch(type) + "\"");
            separator = ",\n";
        }
        System.out.println("\n}");
    }

    private static String batch(CompressionType type) {
        // Longer than a block of Snappy's and LZ4's.
        String text = "Kafka keeps what it has acknowledged. ".repeat(2500);
        ByteBuffer buffer = MemoryRecords.withRecords(
            RecordBatch.MAGIC_VALUE_V2, 0L, Compression.of(type).build(), TimestampType.CREATE_TIME,
            new SimpleRecord(1700000000000L, "key".getBytes(), "Hello".getBytes()),
            new SimpleRecord(1700000000001L, null, text.getBytes()),
            new SimpleRecord(1700000000002L, "gone".getBytes(), null)
        ).buffer().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
