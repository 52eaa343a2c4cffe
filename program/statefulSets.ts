import type * as pulumi from "@pulumi/pulumi";
import { AdminTool } from "../components/statefulset/admin/adminTool";
import { CertManager } from "../components/statefulset/certificates/certManager";
import { KafkaCertificates } from "../components/statefulset/certificates/kafkaCertificates";
import { KafkaCluster } from "../components/statefulset/brokers/kafkaCluster";
import { KafkaServices } from "../components/statefulset/services/kafkaServices";
import { KafkaTopics } from "../components/statefulset/topics/kafkaTopics";
import { KafkaUsers } from "../components/statefulset/users/kafkaUsers";
import {
    certificateGate,
    policyGate,
    servicesGate,
} from "../components/statefulset/brokers/listenerGates";
import { KAFKA } from "../components/kafka/names";
import { ANONYMOUS, hasAnonymousClients, type Listener } from "../components/kafka/listeners";
import { type BrokerPems, readBrokerPems } from "../components/statefulset/certificates/brokerPems";
import type { BrokerSecurity } from "../components/statefulset/brokers/brokerProperties";
import {
    BROKERS_COMMON_NAME,
    knownHosts,
} from "../components/statefulset/certificates/certificates";
import { statefulSetAccess } from "../components/statefulset/access";
import { ZookeeperEnsemble } from "../components/statefulset/zookeeper/zookeeperEnsemble";
import { startAdditions } from "../components/kubernetes/podAdditions";
import type { StackConfig, StatefulSetConfig } from "../config/stackConfig";
import type { Deployed, Foundation } from "./foundation";
import { createNetworkPolicies } from "./networkPolicies";

/**
 * The certificates that somebody else made, if that is configured.
 *
 * @throws `PemFileError` when they can't be used.
 */
export function givenCertificates(config: StackConfig): BrokerPems | undefined {
    if (config.kafkaDeploymentType !== "statefulset" || config.certificates.source !== "files") {
        return undefined;
    }
    const hosts = knownHosts({ ...config, brokers: config.kafka.replicas });
    return readBrokerPems(config.certificates, { users: config.users, hosts });
}

/** Deploys Kafka and ZooKeeper as StatefulSets. */
export function deployStatefulSets(
    config: StatefulSetConfig,
    pems: BrokerPems | undefined,
    foundation: Foundation,
): Deployed {
    const { namespace, clusterDomain, kafka, zookeeper, certificates, users } = config;
    const { cluster, live, listeners, namespaceReady, loadBalancers } = foundation;
    const adminTool = new AdminTool(
        "kafka",
        { namespace, dataProvider: foundation.data },
        { provider: cluster, dependsOn: namespaceReady },
    );
    const jobPods = startAdditions(kafka, zookeeper);
    const shared = {
        namespace,
        clusterDomain,
        listeners,
        adminTool: adminTool.configMap,
        jobPods,
        live,
        waitMinutes: config.waitMinutes,
        restartWhileDegraded: config.restartWhileDegraded,
        dataProvider: foundation.data,
        deleteDataOnDestroy: config.deleteDataOnDestroy,
        protect: config.protect,
    };
    const security: BrokerSecurity = {
        encrypted: certificates.source !== "none",
        ...(config.authorization && { superUsers: superUsers(listeners, pems?.subject) }),
        ...(pems && { certificateIdentity: `${pems.subject} ${pems.names}` }),
    };
    const brokerArgs = {
        ...shared,
        ...kafka,
        zookeeperImage: zookeeper.image,
        remembered: foundation.remembered,
        security,
    };
    const closed = createNetworkPolicies(
        config,
        // The policies' gate asks with the tool.
        { ...foundation, namespaceReady: [...namespaceReady, adminTool] },
        { [KAFKA]: policyGate(brokerArgs) },
    );
    const ensemble = new ZookeeperEnsemble(
        "zookeeper",
        { ...shared, ...zookeeper },
        { provider: cluster, dependsOn: closed },
    );
    const issueCertificates = certificates.source === "cert-manager";
    const services = new KafkaServices(
        "kafka",
        {
            namespace,
            clusterDomain,
            listeners,
            brokers: kafka.replicas,
            ...(kafka.services !== undefined && { services: kafka.services }),
            access: statefulSetAccess({
                encrypted: security.encrypted,
                issued: issueCertificates,
                users,
            }),
            hooks: servicesGate(brokerArgs),
        },
        {
            provider: cluster,
            // Where clients use them, they change when the ensemble has: it may be refused, too.
            dependsOn: foundation.remembered.apply(({ brokers }) =>
                brokers === undefined ? closed : [...closed, ensemble.serving],
            ),
        },
    );
    const issued = createCertificates(
        config,
        pems,
        services,
        { ...foundation, namespaceReady: closed },
        certificateGate(brokerArgs),
    );
    const brokers = new KafkaCluster(
        "kafka",
        {
            ...brokerArgs,
            zookeeperMembers: zookeeper.replicas,
            zookeeperAuthentication: zookeeper.authentication,
            addresses: services.listeners,
        },
        {
            provider: cluster,
            dependsOn: [ensemble, ensemble.serving, services, ...issued, ...loadBalancers],
        },
    );
    const tools = { namespace, image: kafka.image, security, jobPods, live };
    const ready: pulumi.Output<unknown>[] = [ensemble.ready, brokers.ready];
    if (config.topics.length > 0) {
        const topics = new KafkaTopics(
            "kafka",
            { ...tools, topics: config.topics },
            { provider: cluster, dependsOn: [brokers, brokers.ready] },
        );
        ready.push(topics.applied);
    }
    if (users.length > 0) {
        const accounts = new KafkaUsers(
            "kafka",
            { ...tools, users, issueCertificates },
            { provider: cluster, dependsOn: [brokers, brokers.ready] },
        );
        ready.push(accounts.applied);
    }
    return { listeners: services.listeners, ready };
}

/** Principals that may do everything: the brokers, and where the configuration says so whoever has no identity. */
function superUsers(
    listeners: readonly Listener[],
    brokers = `CN=${BROKERS_COMMON_NAME}`,
): string[] {
    return [brokers, ...(hasAnonymousClients(listeners) ? [ANONYMOUS] : [])].map(
        (name) => `User:${name}`,
    );
}

/** Makes the brokers' certificate and the CAs, where anything is encrypted. */
function createCertificates(
    { namespace, clusterDomain, certificates }: StatefulSetConfig,
    pems: BrokerPems | undefined,
    { listeners: addresses }: KafkaServices,
    { cluster, live, owner, platformReady, namespaceReady, listeners }: Foundation,
    hooks: pulumi.ResourceHookBinding | undefined,
): KafkaCertificates[] {
    if (certificates.source === "none") {
        return [];
    }
    const byManager = certificates.source === "cert-manager" ? certificates : undefined;
    const manager = byManager?.installCertManager
        ? [
              new CertManager(
                  "cert-manager",
                  { chart: byManager.chart, live, owner },
                  { provider: cluster, dependsOn: platformReady },
              ),
          ]
        : [];
    return [
        new KafkaCertificates(
            "kafka",
            {
                namespace,
                clusterDomain,
                addresses,
                domains: listeners.flatMap((listener) =>
                    listener.type === "loadBalancer" && listener.domain !== undefined
                        ? [listener.domain]
                        : [],
                ),
                pems,
                issuer: byManager?.issuer,
                hooks,
            },
            { provider: cluster, dependsOn: [...namespaceReady, ...manager] },
        ),
    ];
}
