/** What each recorded preview means: the verdict, and a line for each finding. */
export const EXPECTED: Readonly<
    Record<string, { readonly verdict: string; readonly findings: readonly string[] }>
> = {
    "broker-memory": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: variable SERVER_HEAP_OPTS: -Xms512m -Xmx512m → -Xms1024m -Xmx1024m: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: brokers: resources.limits.memory: 1Gi → 2Gi: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: brokers: resources.requests.memory: 1Gi → 2Gi: the brokers restart one by one, highest first; each has to be back before the next one goes",
        ],
    },
    "broker-property": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → e8377b2824b29816: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: broker property num.network.threads: - → 5: read when a broker starts, so with the rolling restart",
        ],
    },
    "broker-retention-shortened": {
        verdict:
            "data-may-be-lost: broker property log.retention.hours: data may be deleted by retention: topics without a time of their own keep messages for less time; 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "data-may-be-lost: broker property log.retention.hours: - → 24: data may be deleted by retention: topics without a time of their own keep messages for less time",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → f07f813316f84eb9: the brokers restart one by one, highest first; each has to be back before the next one goes",
        ],
    },
    "brokers-added": {
        verdict:
            "data-moves: number of brokers: added: broker 3, 4; existing partitions stay where they are until they are moved",
        findings: [
            "data-moves: number of brokers: 3 → 5: added: broker 3, 4; existing partitions stay where they are until they are moved",
            "dynamic: address on listener external of broker 3: - → NodePort 9094 (node port 31794): is made; the addresses that are there stay",
            "dynamic: address on listener external of broker 4: - → NodePort 9094 (node port 31795): is made; the addresses that are there stay",
            "nothing: volume of broker 3, 4: - → new: is made, or taken back",
            "nothing: advertised addresses of broker 3: - → REPLICATION://kafka-3.kafka-headless.kafka-impact.svc.clust…: comes and goes with the broker",
            "nothing: advertised addresses of broker 4: - → REPLICATION://kafka-4.kafka-headless.kafka-impact.svc.clust…: comes and goes with the broker",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "brokers-scaled-in-with-data": {
        verdict:
            "data-may-be-lost: number of brokers: removes broker 2; up fails while it still hosts replicas (and 6 more); 2 brokers restart one by one, highest first, in about 30 s to 80 s plus the time to catch up",
        findings: [
            "data-may-be-lost: number of brokers: 3 → 2: removes broker 2; up fails while it still hosts replicas",
            "data-may-be-lost: volume of broker 2: in the stack → -: is deleted with all its data",
            "data-may-be-lost: broker property default.replication.factor: 3 → 2: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property min.insync.replicas: 2 → 1: messages count as written with fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property offsets.topic.replication.factor: 3 → 2: if Kafka has not made the offsets topic yet, it gets fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.min.isr: 2 → 1: if Kafka has not made the transaction topic yet, its entries count as written with fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.replication.factor: 3 → 2: if Kafka has not made the transaction topic yet, it gets fewer replicas",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → c514ee4ec1a12d71: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "nothing: topic audit: in the stack → -: stays in Kafka with all that is in it",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: advertised addresses of broker 2: REPLICATION://kafka-2.kafka-headless.kafka-impact.svc.clust… → -: comes and goes with the broker",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "brokers-scaled-in": {
        verdict:
            "data-may-be-lost: number of brokers: removes broker 2; up fails while it still hosts replicas (and 5 more); 2 brokers restart one by one, highest first, in about 30 s to 80 s plus the time to catch up",
        findings: [
            "data-may-be-lost: number of brokers: 3 → 2: removes broker 2; up fails while it still hosts replicas",
            "data-may-be-lost: broker property default.replication.factor: 3 → 2: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property min.insync.replicas: 2 → 1: messages count as written with fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property offsets.topic.replication.factor: 3 → 2: if Kafka has not made the offsets topic yet, it gets fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.min.isr: 2 → 1: if Kafka has not made the transaction topic yet, its entries count as written with fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.replication.factor: 3 → 2: if Kafka has not made the transaction topic yet, it gets fewer replicas",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → c514ee4ec1a12d71: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "nothing: volume of broker 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: replication factor of topic orders: 3 → 2: stays as it is; up fails unless the replicas have been moved already",
            "nothing: advertised addresses of broker 2: REPLICATION://kafka-2.kafka-headless.kafka-impact.svc.clust… → -: comes and goes with the broker",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "delete-data-on-destroy-sames": {
        verdict:
            "data-may-be-lost: deleteDataOnDestroy: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        findings: [
            "data-may-be-lost: deleteDataOnDestroy: false → true: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        ],
    },
    "delete-data-on-destroy": {
        verdict:
            "data-may-be-lost: deleteDataOnDestroy: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        findings: [
            "data-may-be-lost: deleteDataOnDestroy: false → true: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        ],
    },
    "destroy-with-data": {
        verdict:
            "data-may-be-lost: namespace: is deleted with everything in it, the volumes too (and 2 more)",
        findings: [
            "data-may-be-lost: namespace: kafka-impact → -: is deleted with everything in it, the volumes too",
            "data-may-be-lost: volume of broker 0, 1, 2: in the stack → -: is deleted with all its data",
            "data-may-be-lost: volume of ZooKeeper member 0, 1, 2: in the stack → -: is deleted with all its data",
            "cluster-stops: brokers: 3 pods → -: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → -: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 0: NodePort 9094 (node port 31791) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 1: NodePort 9094 (node port 31792) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → -: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: NodePort 9092 (node port 31790) → -: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → -: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → -: the pods behind it don't find each other without it",
            "nothing: topic audit: in the stack → -: stays in Kafka with all that is in it",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: check before an update of ZooKeeper:  → : goes; it only ran before updates",
            "nothing: broker configuration: in the stack → -: goes after the pods that read it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: ZooKeeper configuration: in the stack → -: goes after the pods that read it",
            "nothing: protection of kafka from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    destroy: {
        verdict:
            "cluster-stops: brokers: all 3 brokers stop at once: no topic can be written or read (and 9 more)",
        findings: [
            "cluster-stops: brokers: 3 pods → -: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → -: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 0: NodePort 9094 (node port 31791) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 1: NodePort 9094 (node port 31792) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → -: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: NodePort 9092 (node port 31790) → -: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → -: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → -: the pods behind it don't find each other without it",
            "nothing: namespace: kafka-impact → -: is kept, with the volumes in it",
            "nothing: volume of broker 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: volume of ZooKeeper member 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: topic audit: in the stack → -: stays in Kafka with all that is in it",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: check before an update of ZooKeeper:  → : goes; it only ran before updates",
            "nothing: broker configuration: in the stack → -: goes after the pods that read it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: ZooKeeper configuration: in the stack → -: goes after the pods that read it",
            "nothing: protection of kafka from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    failed: {
        verdict:
            "preview failed: 3 errors; judged as far as it got: data-may-be-lost: volume of broker 0, 1, 2: is deleted with all its data",
        findings: [
            "data-may-be-lost: volume of broker 0, 1, 2: in the stack → another one: is deleted with all its data",
        ],
    },
    "hand-made-broker-property": {
        verdict:
            "data-may-be-lost: broker property log.retention.hours: data may be deleted by retention: topics without a time of their own keep messages for less time; 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "data-may-be-lost: broker property log.retention.hours: - → 24: data may be deleted by retention: topics without a time of their own keep messages for less time",
            "rolling-restart: brokers: configuration (its hash): 796a57c392472743 → dbc16b9449fe522e: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: brokers: files that they read at start: kafka-config-ddd9b00cc2f94f68 → kafka-config-4fb83fe68136d474: the brokers restart one by one, highest first; each has to be back before the next one goes",
        ],
    },
    "hand-made-brokers-added": {
        verdict:
            "data-moves: number of brokers: added: broker 3; existing partitions stay where they are until they are moved",
        findings: [
            "data-moves: number of brokers: 3 → 4: added: broker 3; existing partitions stay where they are until they are moved",
            "nothing: volume of broker 3: - → new: is made, or taken back",
            "nothing: advertised addresses of broker 3: - → REPLICATION://kafka-3.kafka-headless.kafka-impact.svc.clust…: comes and goes with the broker",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "hand-made-brokers-one-to-three": {
        verdict:
            "cluster-stops: brokers: the only broker restarts: no topic can be written or read until it is back; the only one of the brokers restarts, in about 15 s to 40 s plus the time to catch up",
        findings: [
            "cluster-stops: brokers:  → : the only broker restarts: no topic can be written or read until it is back",
            "data-moves: number of brokers: 1 → 3: added: broker 1, 2; existing partitions stay where they are until they are moved, and min.insync.replicas stays as it is, because topics of fewer replicas would refuse writes",
            "rolling-restart: brokers: configuration (its hash): dd7328290b70fb06 → e7524d78dbd1e347: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: brokers: files that they read at start: kafka-config-7f7e5040a73a501c → kafka-config-5ac131ac1a909b6b: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: broker property default.replication.factor: 1 → 3: read when a broker starts, so with the rolling restart",
            "rolling-restart: broker property offsets.topic.replication.factor: 1 → 3: read when a broker starts, so with the rolling restart",
            "rolling-restart: broker property transaction.state.log.min.isr: 1 → 2: read when a broker starts, so with the rolling restart",
            "rolling-restart: broker property transaction.state.log.replication.factor: 1 → 3: read when a broker starts, so with the rolling restart",
            "nothing: volume of broker 1, 2: - → new: is made, or taken back",
            "nothing: advertised addresses of broker 1: - → REPLICATION://kafka-1.kafka-headless.kafka-impact.svc.clust…: comes and goes with the broker",
            "nothing: advertised addresses of broker 2: - → REPLICATION://kafka-2.kafka-headless.kafka-impact.svc.clust…: comes and goes with the broker",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "hand-made-destroy": {
        verdict:
            "cluster-stops: brokers: all 3 brokers stop at once: no topic can be written or read (and 8 more)",
        findings: [
            "cluster-stops: brokers: 3 pods → -: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → -: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: brokers that may start with an empty volume: in the stack → -: a pod that starts while it is missing can't start",
            "cluster-stops: password of ZooKeeper: in the stack → -: a broker or member that starts can't",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → -: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → -: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → -: the pods behind it don't find each other without it",
            "dynamic: connections in the namespace: in the stack → -: all of them are open, once the default deny is gone, too",
            "dynamic: connections of kafka: in the stack → -: all of them are open, once the default deny is gone, too",
            "dynamic: connections of zookeeper: in the stack → -: all of them are open, once the default deny is gone, too",
            "nothing: namespace: kafka-impact → -: is kept, with the volumes in it",
            "nothing: volume of broker 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: volume of ZooKeeper member 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: tool that asks Kafka: in the stack → -: is kept, for pods that have it",
            "nothing: advertised addresses: in the stack → -: is kept, for pods that have it",
            "nothing: broker configuration: in the stack → -: is kept, for pods that have it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: ZooKeeper configuration: in the stack → -: is kept, for pods that have it",
            "nothing: connections of kafka-check: in the stack → -: only Jobs that up runs use them",
            "nothing: connections of kafka-topics: in the stack → -: only Jobs that up runs use them",
            "nothing: connections of kafka-users: in the stack → -: only Jobs that up runs use them",
            "nothing: connections of zookeeper-update-check: in the stack → -: only Jobs that up runs use them",
            "nothing: protection of kafka from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
        ],
    },
    "hand-made-min-isr-raised": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: configuration (its hash): e7524d78dbd1e347 → 796a57c392472743: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: brokers: files that they read at start: kafka-config-5ac131ac1a909b6b → kafka-config-ddd9b00cc2f94f68: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: broker property min.insync.replicas: 1 → 2: up asks Kafka first, and refuses while topics have no more replicas than that; read when a broker starts, so with the rolling restart",
        ],
    },
    "hand-made-revision-files": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up; 3 ZooKeeper members restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: configuration (its hash): a94b09d57425ea8f → c513c023df674cbc: the brokers restart one by one, highest first; each has to be back before the next one goes",
            'rolling-restart: brokers: files that they read at start: - → {"sources":[{"configMap":{"name":"kafka-config-d573601b09de…: the brokers restart one by one, highest first; each has to be back before the next one goes',
            "rolling-restart: ZooKeeper: configuration (its hash): 4dbd7e9b2c8771dc → 7b2f6d4770614589: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes",
            'rolling-restart: ZooKeeper: files that they read at start: - → {"sources":[{"configMap":{"name":"zookeeper-config-cca632d9…: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes',
            "nothing: check before brokers go:  → : goes; it only ran before the number of brokers changed",
            "nothing: check before an update of ZooKeeper:  → : goes; it only ran before updates",
            "nothing: brokers that may start with an empty volume: - → new: is made",
            "nothing: tool that asks Kafka: - → new: is made",
            "nothing: advertised addresses: - → new: is made",
            "nothing: broker configuration: in the stack → -: goes after the pods that read it",
            "nothing: broker configuration: - → new: is made",
            "nothing: ZooKeeper configuration: in the stack → -: goes after the pods that read it",
            "nothing: ZooKeeper configuration: - → new: is made",
            "nothing: connections of kafka-check: - → new: only Jobs that up runs use them",
            "nothing: connections of kafka-scale-in-check: in the stack → -: only Jobs that up runs use them",
        ],
    },
    "hand-made-storage-class-changed": {
        verdict: "data-may-be-lost: volume of broker 0, 2: is deleted with all its data",
        findings: [
            "data-may-be-lost: volume of broker 0, 2: in the stack → another one: is deleted with all its data",
        ],
    },
    "hand-made-strimzi-broker-memory": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, in the operator's order, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: jvmOptions.-Xms: 512m → 1024m: the operator restarts the nodes one by one, no partition below its min ISR",
            "rolling-restart: brokers: jvmOptions.-Xmx: 512m → 1024m: the operator restarts the nodes one by one, no partition below its min ISR",
            "rolling-restart: brokers: resources.limits.memory: 1Gi → 2Gi: the operator restarts the nodes one by one, no partition below its min ISR",
            "rolling-restart: brokers: resources.requests.memory: 1Gi → 2Gi: the operator restarts the nodes one by one, no partition below its min ISR",
        ],
    },
    "hand-made-strimzi-brokers-added": {
        verdict:
            "data-moves: number of brokers: added: broker 3, 4; existing partitions stay where they are until they are moved",
        findings: [
            "data-moves: number of brokers: 3 → 5: added: broker 3, 4; existing partitions stay where they are until they are moved",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "hand-made-strimzi-brokers-scaled-in": {
        verdict:
            "data-may-be-lost: broker property default.replication.factor: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers (and 5 more); 3 brokers restart one by one, in the operator's order, in about 45 s to 2 min plus the time to catch up; all controllers restart one by one, in the operator's order (how many, tells a preview with --show-sames)",
        findings: [
            "data-may-be-lost: broker property default.replication.factor: 3 → 2: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property min.insync.replicas: 2 → 1: messages count as written with fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property offsets.topic.replication.factor: 3 → 2: if Kafka has not made the offsets topic yet, it gets fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.min.isr: 2 → 1: if Kafka has not made the transaction topic yet, its entries count as written with fewer replicas",
            "data-may-be-lost: broker property transaction.state.log.replication.factor: 3 → 2: if Kafka has not made the transaction topic yet, it gets fewer replicas",
            "data-may-be-lost: number of brokers: 3 → 2: gone: broker 2, with the partitions there; while it has any the operator keeps it, unless it was told to skip that check, and up only warns",
            "nothing: replication factor of topic orders: 3 → 2: stays as it is; up fails unless the replicas have been moved already",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "hand-made-strimzi-controllers": {
        verdict:
            "data-may-be-lost: number of controllers: a quorum can't be resized in place: controllers that don't agree on who belongs to it can lose the metadata",
        findings: [
            "data-may-be-lost: number of controllers: 3 → 5: a quorum can't be resized in place: controllers that don't agree on who belongs to it can lose the metadata",
        ],
    },
    "hand-made-strimzi-kafka-version": {
        verdict:
            "cluster-stops: version of Kafka: an older Kafka may not read what a newer one has written: a node that restarts may not come back; all brokers restart one by one, in the operator's order (how many, tells a preview with --show-sames); all controllers restart one by one, in the operator's order (how many, tells a preview with --show-sames)",
        findings: [
            "cluster-stops: version of Kafka: 4.3.1 → 4.2.1: an older Kafka may not read what a newer one has written: a node that restarts may not come back",
        ],
    },
    "hand-made-strimzi-listener-removed": {
        verdict:
            "clients-cut-off: listener secure: clients that use this listener lose Kafka (and 1 more); all brokers restart one by one, in the operator's order (how many, tells a preview with --show-sames)",
        findings: [
            'clients-cut-off: listener secure: {"authentication":{"type":"scram-sha-512"},"configuration":… → -: clients that use this listener lose Kafka',
            "clients-cut-off: user reader: in the stack → -: clients of that user are refused",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "hand-made-strimzi-metadata-version": {
        verdict:
            "dynamic: metadata version: changed while Kafka runs; it can't be lowered again, nor can Kafka's version below it",
        findings: [
            "dynamic: metadata version: 4.2 → 4.3: changed while Kafka runs; it can't be lowered again, nor can Kafka's version below it",
        ],
    },
    "hand-made-strimzi-min-isr-lowered": {
        verdict:
            "data-may-be-lost: broker property min.insync.replicas: messages count as written with fewer replicas, and are lost with fewer brokers",
        findings: [
            "data-may-be-lost: broker property min.insync.replicas: 2 → 1: messages count as written with fewer replicas, and are lost with fewer brokers",
        ],
    },
    "hand-made-strimzi-operator-memory": {
        verdict:
            "dynamic: Strimzi operator: resources.limits.memory: the operator restarts; Kafka does not (and 1 more)",
        findings: [
            "dynamic: Strimzi operator: resources.limits.memory: 512Mi → 640Mi: the operator restarts; Kafka does not",
            "dynamic: Strimzi operator: resources.requests.memory: 512Mi → 640Mi: the operator restarts; Kafka does not",
        ],
    },
    "hand-made-strimzi-read-only-property": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, in the operator's order, in about 45 s to 2 min plus the time to catch up; 3 controllers restart one by one, in the operator's order, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: broker property auto.leader.rebalance.enable: - → false: the operator restarts the nodes one by one, no partition below its min ISR",
        ],
    },
    "hand-made-strimzi-storage-class-changed": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: volumes of the brokers: storage class: - → fast: ignored by the operator, with a warning: a claim keeps its class for life",
        ],
    },
    "hand-made-strimzi-topic-partitions-grow": {
        verdict:
            "data-moves: partitions of topic orders: partitions are added: keys go to other partitions than before",
        findings: [
            "data-moves: partitions of topic orders: 6 → 12: partitions are added: keys go to other partitions than before",
        ],
    },
    "hand-made-strimzi-topic-retention-shortened": {
        verdict:
            "data-may-be-lost: retention.ms of topic orders: data may be deleted by retention: older messages go",
        findings: [
            "data-may-be-lost: retention.ms of topic orders: 604800000 → 3600000: data may be deleted by retention: older messages go",
        ],
    },
    "hand-made-strimzi-volumes-grow": {
        verdict:
            "data-moves: volumes of the brokers: grow in place; pods restart where the volume's driver asks for it",
        findings: [
            "data-moves: volumes of the brokers: 50Gi → 60Gi: grow in place; pods restart where the volume's driver asks for it",
        ],
    },
    "kafka-image": {
        verdict:
            "rolling-restart: 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: brokers: image: docker.io/lab/kafka:3.5.2 → confluentinc/cp-kafka:7.6.0: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "dynamic: topics:  → : the same list is applied again; what was changed by hand becomes as it says",
        ],
    },
    "keep-data-on-destroy": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: deleteDataOnDestroy: true → false: from now on destroy keeps the namespace and the volumes",
        ],
    },
    "listener-moved": {
        verdict:
            "clients-cut-off: advertised addresses of broker 0: clients are told these from its restart on; those that don't reach them lose the broker (and 6 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "clients-cut-off: advertised addresses of broker 0: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.11:31791 → …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.11:31891: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 1: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.12:31792 → …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.12:31892: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 2: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.13:31793 → …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.13:31893: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: address on listener external of broker 0: NodePort 9094 (node port 31791) → NodePort 9094 (node port 31891): clients that use this address lose it",
            "clients-cut-off: address on listener external of broker 1: NodePort 9094 (node port 31792) → NodePort 9094 (node port 31892): clients that use this address lose it",
            "clients-cut-off: address on listener external of broker 2: NodePort 9094 (node port 31793) → NodePort 9094 (node port 31893): clients that use this address lose it",
            "clients-cut-off: bootstrap address kafka-service: NodePort 9092 (node port 31790) → NodePort 9092 (node port 31890): clients that use this address lose it",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → 5ce738e6b5d26099: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "listener-removed": {
        verdict:
            "clients-cut-off: listener external: clients that use this listener lose Kafka (and 4 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "clients-cut-off: listener external: port 9094, in clear, no authentication → -: clients that use this listener lose Kafka",
            "clients-cut-off: address on listener external of broker 0: NodePort 9094 (node port 31791) → -: clients that use this address lose it",
            "clients-cut-off: address on listener external of broker 1: NodePort 9094 (node port 31792) → -: clients that use this address lose it",
            "clients-cut-off: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "clients-cut-off: bootstrap address kafka-service: NodePort 9092 (node port 31790) → ClusterIP 9092: clients that use this address lose it",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → 36af46d1df4750a1: the brokers restart one by one, highest first; each has to be back before the next one goes",
            'rolling-restart: brokers: ports: …,"name":"internal"},{"containerPort":9094,"name":"external… → …,"name":"internal"}]: the brokers restart one by one, highest first; each has to be back before the next one goes',
            "rolling-restart: advertised addresses of broker 0: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.11:31791 → …-impact.svc.cluster.local:9092: clients are told these from its restart on",
            "rolling-restart: advertised addresses of broker 1: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.12:31792 → …-impact.svc.cluster.local:9092: clients are told these from its restart on",
            "rolling-restart: advertised addresses of broker 2: …-impact.svc.cluster.local:9092,EXTERNAL://10.254.0.13:31793 → …-impact.svc.cluster.local:9092: clients are told these from its restart on",
            "rolling-restart: broker property listener.security.protocol.map: REPLICATION:PLAINTEXT,INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT → REPLICATION:PLAINTEXT,INTERNAL:PLAINTEXT: read when a broker starts, so with the rolling restart",
            "rolling-restart: broker property listeners: ….0.0.0:9091,INTERNAL://0.0.0.0:9092,EXTERNAL://0.0.0.0:9094 → REPLICATION://0.0.0.0:9091,INTERNAL://0.0.0.0:9092: read when a broker starts, so with the rolling restart",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "moved-to-strimzi": {
        verdict:
            "cluster-stops: brokers: all 3 brokers stop at once: no topic can be written or read (and 9 more)",
        findings: [
            "cluster-stops: brokers: 3 pods → -: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → -: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 0: NodePort 9094 (node port 31791) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 1: NodePort 9094 (node port 31792) → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → -: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → -: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: NodePort 9092 (node port 31790) → -: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → -: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → -: the pods behind it don't find each other without it",
            "dynamic: topic audit: - → new: is created unless it is there already",
            "dynamic: topic orders: - → new: is created unless it is there already",
            "nothing: Kafka cluster: - → new: is made",
            "nothing: brokers: - → 3: new brokers start",
            "nothing: identity of the cluster (pool cluster-id): - → new: is made, or taken back",
            "nothing: controllers: - → 3: new controllers start",
            "nothing: volume of broker 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: volume of ZooKeeper member 0, 1, 2: in the stack → -: is kept with its data, outside of the stack",
            "nothing: topic audit: in the stack → -: stays in Kafka with all that is in it",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: check before an update of ZooKeeper:  → : goes; it only ran before updates",
            "nothing: broker configuration: in the stack → -: goes after the pods that read it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: directory of the listeners: - → new: is made",
            "nothing: ZooKeeper configuration: in the stack → -: goes after the pods that read it",
            "nothing: protection of kafka from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
        ],
    },
    "namespace-changed": {
        verdict:
            "cluster-stops: namespace: another, empty Kafka is made; the old one stops, its namespace and volumes are kept (and 12 more)",
        findings: [
            "cluster-stops: namespace: kafka-impact → kafka-impact-2: another, empty Kafka is made; the old one stops, its namespace and volumes are kept",
            "cluster-stops: brokers: 3 pods → deleted and made again: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → deleted and made again: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: broker configuration: in the stack → deleted and made again: a pod that starts while it is missing can't start",
            "cluster-stops: ZooKeeper configuration: in the stack → deleted and made again: a pod that starts while it is missing can't start",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → deleted and made again: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 0: NodePort 9094 (node port 31791) → deleted and made again: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 1: NodePort 9094 (node port 31792) → deleted and made again: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 2: NodePort 9094 (node port 31793) → deleted and made again: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → deleted and made again: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: NodePort 9092 (node port 31790) → deleted and made again: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → deleted and made again: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → deleted and made again: the pods behind it don't find each other without it",
            "dynamic: topics:  → : the same list is applied again; what was changed by hand becomes as it says",
            "nothing: volume of broker 0, 1, 2: in the stack → another one: is kept with its data, outside of the stack",
            "nothing: volume of ZooKeeper member 0, 1, 2: in the stack → another one: is kept with its data, outside of the stack",
            "nothing: check before an update of ZooKeeper:  → : fails, and with it up, unless all members serve",
            "nothing: directory of the listeners: in the stack → deleted and made again: only npm run client and npm run health read it",
            "nothing: protection of kafka from drains: in the stack → deleted and made again: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → deleted and made again: while it is missing, a drain of several nodes can stop several pods",
        ],
    },
    "new-stack": {
        verdict: "nothing: new cluster; nothing running is affected",
        findings: [
            "nothing: namespace: - → kafka-impact-new: is made, or taken back",
            "nothing: brokers: - → 3 pods: new brokers start",
            "nothing: ZooKeeper: - → 3 pods: new ZooKeeper members start",
            "nothing: volume of broker 0, 1, 2: - → new: is made, or taken back",
            "nothing: volume of ZooKeeper member 0, 1, 2: - → new: is made, or taken back",
            "nothing: topic audit: - → new: is created unless it is there already",
            "nothing: topic orders: - → new: is created unless it is there already",
            "nothing: check before an update of ZooKeeper:  → : fails, and with it up, unless all members serve",
            "nothing: broker configuration: - → new: is made",
            "nothing: directory of the listeners: - → new: is made",
            "nothing: ZooKeeper configuration: - → new: is made",
            "nothing: bootstrap address inside the cluster: - → ClusterIP 9092: is made; the addresses that are there stay",
            "nothing: the brokers' own names: - → ClusterIP 9091, 9092: is made; the addresses that are there stay",
            "nothing: bootstrap address kafka-service: - → ClusterIP 9092: is made; the addresses that are there stay",
            "nothing: address of ZooKeeper: - → ClusterIP 2181: is made; the addresses that are there stay",
            "nothing: the ZooKeeper members' own names: - → ClusterIP 2181, 2888, 3888: is made; the addresses that are there stay",
            "nothing: protection of kafka from drains: - → new: is made",
            "nothing: protection of zookeeper from drains: - → new: is made",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    "no-change": { verdict: "nothing: Kafka does not notice it", findings: [] },
    "protocol-version": {
        verdict:
            "data-may-be-lost: broker property inter.broker.protocol.version: Kafka does not support to lower it: brokers may not understand what they have written; 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "data-may-be-lost: broker property inter.broker.protocol.version: 3.5 → 3.4: Kafka does not support to lower it: brokers may not understand what they have written",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → 74acaf7329544cdb: the brokers restart one by one, highest first; each has to be back before the next one goes",
        ],
    },
    "replication-lowered": {
        verdict:
            "data-may-be-lost: broker property default.replication.factor: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers (and 1 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "data-may-be-lost: broker property default.replication.factor: 3 → 2: new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
            "data-may-be-lost: broker property min.insync.replicas: 2 → 1: messages count as written with fewer replicas, and are lost with fewer brokers",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → 9b78b111e774946b: the brokers restart one by one, highest first; each has to be back before the next one goes",
        ],
    },
    "statefulset-replaced-steps": {
        verdict:
            "cluster-stops: brokers: all 3 brokers stop at once: no topic can be written or read (and 1 more)",
        findings: [
            "cluster-stops: brokers: 3 pods → deleted and made again: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → deleted and made again: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
        ],
    },
    "statefulset-replaced": {
        verdict:
            "cluster-stops: brokers: all 3 brokers stop at once: no topic can be written or read (and 1 more)",
        findings: [
            "cluster-stops: brokers: 3 pods → deleted and made again: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → deleted and made again: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
        ],
    },
    "storage-class-ignored": { verdict: "nothing: Kafka does not notice it", findings: [] },
    "strimzi-delete-data-on-destroy": {
        verdict:
            "data-may-be-lost: deleteDataOnDestroy: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        findings: [
            "data-may-be-lost: deleteDataOnDestroy: false → true: nothing goes now; from now on destroy, and scaling in, delete the data, too",
        ],
    },
    "strimzi-destroy": {
        verdict:
            "cluster-stops: Kafka cluster: the operator stops all brokers; clients lose Kafka (and 4 more)",
        findings: [
            "cluster-stops: Kafka cluster: in the stack → -: the operator stops all brokers; clients lose Kafka",
            "cluster-stops: brokers: 3 → -: all of them stop; their volumes are kept",
            "cluster-stops: controllers: 3 → -: all of them stop; their volumes are kept",
            "cluster-stops: Strimzi operator: in the stack → -: Kafka runs on, but nobody repairs or changes it: a node that stops may stay away",
            "cluster-stops: user reader: in the stack → -: clients of that user are refused",
            "nothing: namespace: kafka-impact → -: is kept, with the volumes in it",
            "nothing: identity of the cluster (pool cluster-id): in the stack → -: is kept, so that the volumes can be used again",
            "nothing: CRD of KafkaBridge: in the stack → -: is kept",
            "nothing: CRD of KafkaConnector: in the stack → -: is kept",
            "nothing: CRD of KafkaConnect: in the stack → -: is kept",
            "nothing: CRD of KafkaMirrorMaker2: in the stack → -: is kept",
            "nothing: CRD of KafkaNodePool: in the stack → -: is kept",
            "nothing: CRD of KafkaRebalance: in the stack → -: is kept",
            "nothing: CRD of Kafka: in the stack → -: is kept",
            "nothing: CRD of KafkaTopic: in the stack → -: is kept",
            "nothing: CRD of KafkaUser: in the stack → -: is kept",
            "nothing: CRD of StrimziPodSet: in the stack → -: is kept",
            "nothing: topic audit: in the stack → -: stays in Kafka with all that is in it",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    "strimzi-dynamic-property": {
        verdict:
            "dynamic: broker property log.retention.ms: the operator changes it while the brokers run",
        findings: [
            "dynamic: broker property log.retention.ms: - → 1209600000: the operator changes it while the brokers run",
        ],
    },
    "strimzi-no-change": { verdict: "nothing: Kafka does not notice it", findings: [] },
    "strimzi-operator-removed": {
        verdict:
            "cluster-stops: Strimzi operator: Kafka runs on, but nobody repairs or changes it: a node that stops may stay away",
        findings: [
            "cluster-stops: Strimzi operator: in the stack → -: Kafka runs on, but nobody repairs or changes it: a node that stops may stay away",
            "nothing: CRD of KafkaBridge: in the stack → -: is kept",
            "nothing: CRD of KafkaConnector: in the stack → -: is kept",
            "nothing: CRD of KafkaConnect: in the stack → -: is kept",
            "nothing: CRD of KafkaMirrorMaker2: in the stack → -: is kept",
            "nothing: CRD of KafkaNodePool: in the stack → -: is kept",
            "nothing: CRD of KafkaRebalance: in the stack → -: is kept",
            "nothing: CRD of Kafka: in the stack → -: is kept",
            "nothing: CRD of KafkaTopic: in the stack → -: is kept",
            "nothing: CRD of KafkaUser: in the stack → -: is kept",
            "nothing: CRD of StrimziPodSet: in the stack → -: is kept",
        ],
    },
    "strimzi-topic-removed": {
        verdict: "nothing: Kafka does not notice it",
        findings: ["nothing: topic audit: in the stack → -: stays in Kafka with all that is in it"],
    },
    "topic-added": {
        verdict: "dynamic: topic payments: is created unless it is there already",
        findings: ["dynamic: topic payments: - → new: is created unless it is there already"],
    },
    "topic-partitions-grow": {
        verdict:
            "data-moves: partitions of topic orders: partitions are added: keys go to other partitions than before",
        findings: [
            "data-moves: partitions of topic orders: 6 → 12: partitions are added: keys go to other partitions than before",
        ],
    },
    "topic-removed": {
        verdict: "nothing: Kafka does not notice it",
        findings: ["nothing: topic audit: in the stack → -: stays in Kafka with all that is in it"],
    },
    "topic-retention-shortened": {
        verdict:
            "data-may-be-lost: retention.ms of topic orders: data may be deleted by retention: older messages go",
        findings: [
            "data-may-be-lost: retention.ms of topic orders: 604800000 → 3600000: data may be deleted by retention: older messages go",
        ],
    },
    "volumes-grow": {
        verdict: "data-moves: volume of broker 0, 1, 2: grows in place; no pod restarts",
        findings: [
            "data-moves: volume of broker 0, 1, 2: 50Gi → 60Gi: grows in place; no pod restarts",
        ],
    },
    "zookeeper-members": {
        verdict:
            "data-may-be-lost: number of ZooKeeper members: refused by preview and up: an ensemble can't be resized in place, and members that don't agree on who belongs to it can lose its data; 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up; 3 ZooKeeper members restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "data-may-be-lost: number of ZooKeeper members: 3 → 5: refused by preview and up: an ensemble can't be resized in place, and members that don't agree on who belongs to it can lose its data",
            "rolling-restart: brokers: configuration (its hash): a9542f91f896c702 → 4d916d88923f15a7: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: ZooKeeper: configuration (its hash): 931e2eb0b543f0af → ee458ccd33fbb596: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: broker property zookeeper.connect: ….cluster.local:2181 → ….cluster.local:2181,zookeeper-3.zookeeper-headless.kafka-i…: read when a broker starts, so with the rolling restart",
            "rolling-restart: ZooKeeper property server.4: - → zookeeper-3.zookeeper-headless.kafka-impact.svc.cluster.loc…: read when a pod starts, so with the rolling restart",
            "rolling-restart: ZooKeeper property server.5: - → zookeeper-4.zookeeper-headless.kafka-impact.svc.cluster.loc…: read when a pod starts, so with the rolling restart",
            "nothing: volume of ZooKeeper member 3, 4: - → new: is made, or taken back",
            "nothing: check before an update of ZooKeeper:  → : fails, and with it up, unless all members serve",
        ],
    },
    "zookeeper-memory": {
        verdict:
            "rolling-restart: 3 ZooKeeper members restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "rolling-restart: ZooKeeper: variable SERVER_HEAP_OPTS: -Xms192m -Xmx192m → -Xms256m -Xmx256m: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: ZooKeeper: resources.limits.memory: 384Mi → 512Mi: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes",
            "rolling-restart: ZooKeeper: resources.requests.memory: 384Mi → 512Mi: the ZooKeeper members restart one by one, highest first; each has to be back before the next one goes",
            "nothing: check before an update of ZooKeeper:  → : fails, and with it up, unless all members serve",
        ],
    },
};
