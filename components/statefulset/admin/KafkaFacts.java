import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Prints what a gate has to know of a cluster, as one line of JSON that stays short however large the cluster is:
 * KafkaFacts BOOTSTRAP PROPERTIES [--timeout SECONDS] [--without IDS] [--from ID] [--min-isr NUMBER] [--last ID].
 * What each field means stands in facts.ts.
 */
final class KafkaFacts {
    /** Few enough topics for a small heap: each has thirty properties. */
    private static final int BATCH = 200;

    private KafkaFacts() {}

    public static void main(String[] args) {
        try {
            print(args[0], args[1], new FactsOptions(args, 2));
        } catch (IllegalArgumentException wrongOption) {
            Question.fail(wrongOption.getMessage());
        }
    }

    private static void print(String bootstrap, String file, FactsOptions options) {
        String expected = "Expected Kafka to answer at " + bootstrap;
        String otherwise = expected + " within " + options.timeout + " s, got no answer.";
        Question question = new Question(options.timeout, otherwise);
        try {
            // Two clients: one that waits for a controller that hangs would ask it for all the rest, too.
            Properties client = question.client(bootstrap, file);
            Admin controllers = Admin.create(client);
            Admin brokers = Admin.create(client);
            Question.answer(Json.write(facts(controllers, question.millis * 3 / 4, brokers, options)));
        } catch (Throwable error) {
            Question.fail(expected + ", got: " + Question.reason(error));
        }
    }

    private static Map<String, Object> facts(Admin controllers, int millis, Admin brokers, FactsOptions options)
        throws Exception {
        KafkaFuture<Integer> reassigning =
            controllers
                .listPartitionReassignments(new ListPartitionReassignmentsOptions().timeoutMs(millis))
                .reassignments()
                .thenApply(Map::size);
        KafkaFuture<QuorumInfo> quorum =
            controllers.describeMetadataQuorum(new DescribeMetadataQuorumOptions().timeoutMs(millis)).quorumInfo();
        DescribeClusterResult cluster = brokers.describeCluster();
        Map<Integer, KafkaFuture<Config>> answers = askEach(cluster, brokers, millis / 3);
        // A client prefers a connection that is ready. Without one it could ask the broker that hangs, again and again.
        awaitFirst(answers.values());
        TopicFacts topics = new TopicFacts(options, answers.keySet());
        List<String> names =
            Question.get(brokers.listTopics(new ListTopicsOptions().listInternal(true)).names())
                .stream()
                .sorted()
                .collect(Collectors.toList());
        for (int begin = 0; begin < names.size(); begin += BATCH) {
            add(topics, brokers, names.subList(begin, Math.min(begin + BATCH, names.size())));
        }

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("clusterId", Question.get(cluster.clusterId()));
        try {
            facts.put("reassigning", Question.get(reassigning));
            facts.put("controller", controller(quorum, cluster));
        } catch (Exception error) {
            facts.put("reassigning", null);
            facts.put("controller", null);
            facts.put("controllerProblem", Question.reason(error));
        }
        facts.put("brokers", answers.keySet());
        facts.put("silent", silent(answers));
        topics.addTo(facts);
        return facts;
    }

    /** Asks every broker for something of its own: one that hangs stays registered for a while. */
    private static Map<Integer, KafkaFuture<Config>> askEach(DescribeClusterResult cluster, Admin admin, int millis)
        throws Exception {
        Map<Integer, KafkaFuture<Config>> answers = new TreeMap<>();
        for (Node node : Question.get(cluster.nodes())) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(millis);
            answers.put(node.id(), admin.describeConfigs(List.of(broker), options).values().get(broker));
        }
        return answers;
    }

    /** Waits until one of some questions has its answer, or none will. */
    private static void awaitFirst(Collection<KafkaFuture<Config>> answers) throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(answers.size());
        for (KafkaFuture<Config> each : answers) {
            each.whenComplete((answer, error) -> {
                if (left.decrementAndGet() == 0 || error == null) {
                    first.countDown();
                }
            });
        }
        if (!answers.isEmpty()) {
            first.await();
        }
    }

    private static Set<Integer> silent(Map<Integer, KafkaFuture<Config>> answers) {
        Set<Integer> silent = new TreeSet<>();
        answers.forEach((id, answer) -> {
            try {
                Question.get(answer);
            } catch (Exception noAnswer) {
                silent.add(id);
            }
        });
        return silent;
    }

    /** Without ZooKeeper, brokers name any of them as the controller, and the quorum's leader is the one. */
    private static int controller(KafkaFuture<QuorumInfo> quorum, DescribeClusterResult cluster) throws Exception {
        try {
            return Question.get(quorum).leaderId();
        } catch (UnsupportedVersionException zooKeeper) {
            Node controller = Question.get(cluster.controller());
            if (controller == null) {
                throw new IllegalStateException("no broker is the controller now");
            }
            return controller.id();
        }
    }

    private static void add(TopicFacts facts, Admin admin, List<String> names) throws Exception {
        List<ConfigResource> resources = new ArrayList<>();
        for (String name : names) {
            resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name));
        }
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(resources).values();
        Map<String, KafkaFuture<TopicDescription>> topics = admin.describeTopics(names).topicNameValues();
        for (ConfigResource resource : resources) {
            try {
                ConfigEntry minIsr = Question.get(configs.get(resource)).get("min.insync.replicas");
                facts.add(
                    Question.get(topics.get(resource.name())),
                    Integer.parseInt(minIsr.value()),
                    minIsr.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
            } catch (UnknownTopicOrPartitionException deletedMeanwhile) {
                continue;
            }
        }
    }
}
