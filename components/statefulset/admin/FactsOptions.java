import java.util.Set;
import java.util.TreeSet;

/** What is asked for beside the facts that are always there; {@code null} what is not. */
final class FactsOptions {
    int timeout = 20;
    /** Brokers that are to be restarted because they are broken anyway. */
    Set<Integer> without;
    /** The lowest id of the brokers that are to go. */
    Integer from;
    /** The min ISR that the brokers are to have. */
    Integer minIsr;
    /** A broker that is about to start without what it held. */
    Integer last;

    /**
     * @param args Pairs of a name and a value, beginning at an index.
     * @throws IllegalArgumentException with a sentence.
     */
    FactsOptions(String[] args, int begin) {
        for (int at = begin; at < args.length; at += 2) {
            String value = at + 1 < args.length ? args[at + 1] : "nothing";
            try {
                set(args[at], value);
            } catch (NumberFormatException error) {
                throw new IllegalArgumentException(args[at] + ": expected a number, got " + value + ".");
            }
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "--timeout":
                timeout = Integer.parseInt(value);
                break;
            case "--without":
                without = new TreeSet<>();
                for (String id : value.split(",")) {
                    without.add(Integer.parseInt(id));
                }
                break;
            case "--from":
                from = Integer.parseInt(value);
                break;
            case "--min-isr":
                minIsr = Integer.parseInt(value);
                break;
            case "--last":
                last = Integer.parseInt(value);
                break;
            default:
                throw new IllegalArgumentException(
                    "Expected --timeout, --without, --from, --min-isr or --last, got " + name + ".");
        }
    }
}
