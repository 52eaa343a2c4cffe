import java.io.FileReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaFuture;

/**
 * A question to Kafka that ends in time. It prints its answer on stdout, or one sentence on stderr. Kafka's own log and
 * stack traces go nowhere.
 */
final class Question {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    static {
        // Before the logging libraries look for a place to write to.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** All the milliseconds that it may take. */
    final int millis;
    private final long end;
    private volatile String otherwise;

    /**
     * Begins to count the seconds.
     *
     * @param otherwise What to say when they are over.
     */
    Question(int seconds, String otherwise) {
        this.otherwise = otherwise;
        millis = seconds * 1000;
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        // Not all that may hang can be told how long to wait, as looking up a name.
        Thread watch = new Thread(this::expire, "deadline");
        watch.setDaemon(true);
        watch.start();
    }

    /** Sets what to say when the seconds are over. */
    void otherwise(String sentence) {
        otherwise = sentence;
    }

    /**
     * Properties of a client. A broker that hangs costs it a fifth of the time, then it asks another one.
     *
     * @param file What else it has. It may be a pipe, which can be read once.
     */
    Properties client(String bootstrap, String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new FileReader(file)) {
            properties.load(reader);
        }
        properties.setProperty("bootstrap.servers", bootstrap);
        properties.setProperty("default.api.timeout.ms", String.valueOf(millis));
        String patience = String.valueOf(millis / 5);
        properties.setProperty("request.timeout.ms", patience);
        properties.setProperty("socket.connection.setup.timeout.ms", patience);
        // Nothing else ends its wait for a process that hangs, for which the kernel accepts connections.
        properties.setProperty("connections.max.idle.ms", patience);
        return properties;
    }

    /** What Kafka answers; the deadline ends the wait. */
    static <T> T get(KafkaFuture<T> answer) throws Exception {
        try {
            return answer.get();
        } catch (ExecutionException error) {
            throw (Exception) error.getCause();
        }
    }

    /** Why there is no answer, without the name of a class where Kafka has words for it. */
    static String reason(Throwable error) {
        // Kafka's clients wrap the cause that a user can do something about.
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.replaceAll("\\s+", " ").trim();
    }

    static void answer(String text) {
        OUT.println(text);
        OUT.flush();
        // Closing the clients would take as long as all the rest.
        Runtime.getRuntime().halt(0);
    }

    static void fail(String sentence) {
        ERR.println(sentence);
        ERR.flush();
        Runtime.getRuntime().halt(1);
    }

    private void expire() {
        try {
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
        fail(otherwise);
    }
}
