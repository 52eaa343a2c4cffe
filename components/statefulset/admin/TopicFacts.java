import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** Counts what topics and their partitions have in common. It keeps a few names of each kind and forgets the topics. */
final class TopicFacts {
    private static final int EXAMPLES = 5;
    /** More would say no more, and would not stay short. */
    private static final int IDS = 100;

    private final FactsOptions options;
    /** Brokers that are registered. */
    private final Set<Integer> registered;
    private int topics;
    private int partitions;
    private final Found underReplicated = new Found();
    private final Set<Integer> missing = new TreeSet<>();
    private final Found offline = new Found();
    private final Found atRisk = new Found();
    private final Found noRoom = new Found();
    private final Found single = new Found();
    private final Found belowMinIsrWithout = new Found();
    private final Found replicasFrom = new Found();
    private final Set<Integer> holders = new TreeSet<>();
    private final Found fewerThan = new Found();
    private final Found lastInSync = new Found();

    TopicFacts(FactsOptions options, Set<Integer> registered) {
        this.options = options;
        this.registered = registered;
    }

    /** @param ownMinIsr Whether the min ISR is the topic's own and not the brokers'. */
    void add(TopicDescription topic, int minIsr, boolean ownMinIsr) {
        int fewest = Integer.MAX_VALUE;
        for (TopicPartitionInfo partition : topic.partitions()) {
            add(topic.name() + "-" + partition.partition(), partition, minIsr);
            fewest = Math.min(fewest, partition.replicas().size());
        }
        topics++;
        if (fewest == 1) {
            single.add(topic.name());
        } else if (fewest <= minIsr) {
            noRoom.add(topic.name());
        }
        if (options.minIsr != null && !ownMinIsr && fewest <= options.minIsr) {
            Map<String, Object> example = new LinkedHashMap<>();
            example.put("topic", topic.name());
            example.put("replicas", fewest);
            fewerThan.add(example);
        }
    }

    private void add(String name, TopicPartitionInfo partition, int minIsr) {
        Set<Integer> replicas = ids(partition.replicas());
        Set<Integer> isr = ids(partition.isr());
        boolean replicated = replicas.size() > 1;
        partitions++;
        if (partition.leader() == null || partition.leader().isEmpty()) {
            offline.add(name);
        }
        if (isr.size() < replicas.size()) {
            underReplicated.add(name);
            missing.addAll(without(replicas, isr));
        }
        if (replicated && isr.size() - 1 < minIsr) {
            atRisk.add(name);
        }
        if (options.without != null && replicated && without(isr, options.without).size() < minIsr) {
            belowMinIsrWithout.add(name);
        }
        if (options.last != null && replicated && isr.contains(options.last) && !isOtherThere(isr)) {
            lastInSync.add(name);
        }
        if (options.from != null) {
            Set<Integer> leaving = replicas.stream().filter(id -> id >= options.from).collect(Collectors.toSet());
            if (!leaving.isEmpty()) {
                replicasFrom.add(name);
                holders.addAll(leaving);
            }
        }
    }

    /** Whether anybody else leads before the last one can. */
    private boolean isOtherThere(Set<Integer> isr) {
        return isr.stream().anyMatch(id -> !id.equals(options.last) && registered.contains(id));
    }

    /** Adds all of it to a document. */
    void addTo(Map<String, Object> facts) {
        facts.put("topics", topics);
        facts.put("partitions", partitions);
        facts.put("underReplicated", underReplicated.and("missing", first(IDS, missing)));
        facts.put("offline", offline.json());
        facts.put("atRisk", atRisk.json());
        facts.put("noRoom", noRoom.json());
        facts.put("single", single.json());
        if (options.without != null) {
            facts.put("belowMinIsrWithout", belowMinIsrWithout.json());
            facts.put("missingOther", first(IDS, without(missing, options.without)));
        }
        if (options.from != null) {
            facts.put("replicasFrom", replicasFrom.and("brokers", first(IDS, holders)));
        }
        if (options.minIsr != null) {
            facts.put("fewerThan", fewerThan.json());
        }
        if (options.last != null) {
            facts.put("lastInSync", lastInSync.json());
        }
    }

    private static Set<Integer> ids(Collection<Node> nodes) {
        return nodes.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> without(Set<Integer> ids, Set<Integer> others) {
        Set<Integer> rest = new TreeSet<>(ids);
        rest.removeAll(others);
        return rest;
    }

    private static List<Integer> first(int limit, Set<Integer> ids) {
        return ids.stream().limit(limit).collect(Collectors.toList());
    }

    /** A number of topics or partitions, and the first of them. */
    private static final class Found {
        private int count;
        private final List<Object> examples = new ArrayList<>();

        void add(Object example) {
            if (count++ < EXAMPLES) {
                examples.add(example);
            }
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("count", count);
            json.put("examples", examples);
            return json;
        }

        Map<String, Object> and(String name, Object value) {
            Map<String, Object> json = json();
            json.put(name, value);
            return json;
        }
    }
}
