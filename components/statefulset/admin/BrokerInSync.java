import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Waits until a broker has caught up: BrokerInSync BOOTSTRAP PROPERTIES BROKER SECONDS. Then it is registered, a
 * controller answers, and no partition with a live leader lists the broker as a replica outside the ISR.
 */
final class BrokerInSync {
    /** Each question costs the broker processor time that it needs to catch up. */
    private static final int PAUSE_MILLIS = 1000;

    private static final int CONTROLLER_MILLIS = 5000;

    private final int id;
    /** Talks to this broker alone: a client prefers the connection that it has. */
    private final Admin broker;
    private final Admin cluster;

    private BrokerInSync(int id, Admin broker, Admin cluster) {
        this.id = id;
        this.broker = broker;
        this.cluster = cluster;
    }

    public static void main(String[] args) {
        int id = Integer.parseInt(args[2]);
        Question question = new Question(Integer.parseInt(args[3]), unregistered(id));
        try {
            Properties client = question.client(args[0], args[1]);
            Admin cluster = Admin.create(client);
            // A client whose connection breaks would ask another broker instead.
            client.setProperty("retries", "0");
            Admin broker = Admin.create(client);
            BrokerInSync probe = new BrokerInSync(id, broker, cluster);
            for (String problem = probe.problem(); problem != null; problem = probe.problem()) {
                question.otherwise(problem);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            Question.answer("broker " + id + " is in sync");
        } catch (Throwable error) {
            Question.fail("broker " + id + " can't be asked: " + Question.reason(error));
        }
    }

    /** Why it has not caught up, null when it has. Waits as long as nobody knows the broker. */
    private String problem() {
        try {
            // By its id, which connects to it. The answers to what follows come from it then.
            Question.get(broker.describeConfigs(Set.of(resource())).all());
            // Before its metadata is read: without a controller nobody would have told it what has changed.
            try {
                Question.get(cluster.listPartitionReassignments(withinLimit()).reassignments());
            } catch (Exception error) {
                return "broker " + id + " waits for a controller: " + Question.reason(error);
            }
            if (Question.get(broker.describeCluster().nodes()).stream().noneMatch(this::isSelf)) {
                return unregistered(id);
            }
            long lagging = lagging();
            return lagging == 0 ? null : "broker " + id + " is still outside the ISR of " + lagging + " partitions";
        } catch (Exception error) {
            return "broker " + id + " does not answer: " + Question.reason(error);
        }
    }

    private long lagging() throws Exception {
        Set<String> names = Question.get(broker.listTopics(new ListTopicsOptions().listInternal(true)).names());
        Map<String, TopicDescription> topics = Question.get(broker.describeTopics(names).allTopicNames());
        return topics.values().stream().flatMap(topic -> topic.partitions().stream()).filter(this::lags).count();
    }

    private boolean lags(TopicPartitionInfo partition) {
        return partition.leader() != null
            && !partition.leader().isEmpty()
            && partition.replicas().stream().anyMatch(this::isSelf)
            && partition.isr().stream().noneMatch(this::isSelf);
    }

    private boolean isSelf(Node node) {
        return node.id() == id;
    }

    private ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id));
    }

    private static ListPartitionReassignmentsOptions withinLimit() {
        return new ListPartitionReassignmentsOptions().timeoutMs(CONTROLLER_MILLIS);
    }

    private static String unregistered(int id) {
        return "broker " + id + " is not in the cluster's metadata yet";
    }
}
