/** What each recorded preview of a stack on EKS means: the verdict, and a line for each finding. */
export const EXPECTED_ON_EKS: Readonly<
    Record<string, { readonly verdict: string; readonly findings: readonly string[] }>
> = {
    "eks-broker-instance-type": {
        verdict: "rolling-restart: brokers restart one by one, as their nodes are drained",
        findings: [
            "rolling-restart: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: m7g.large → m7g.xlarge: new nodes come, then the old ones are drained zone after zone: the PodDisruptionBudget lets brokers leave one by one, but EKS ends a node that is not drained after 15 minutes",
        ],
    },
    "eks-broker-nodes-added": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: 1 → 2: there is room for more; no broker moves",
        ],
    },
    "eks-broker-nodes-scaled-in": {
        verdict:
            "cluster-stops: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: a broker that finds no other node in its zone stays down: its volume can't leave it; EKS ends a node that is not drained after 15 minutes",
        findings: [
            "cluster-stops: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: 2 → 1: a broker that finds no other node in its zone stays down: its volume can't leave it; EKS ends a node that is not drained after 15 minutes",
        ],
    },
    "eks-control-plane-version": {
        verdict:
            "dynamic: EKS cluster: the control plane is updated while Kafka runs; there is no way back, and the nodes come after it (and 2 more)",
        findings: [
            "dynamic: EKS cluster: 1.35 → 1.36: the control plane is updated while Kafka runs; there is no way back, and the nodes come after it",
            "dynamic: names in the cluster (coredns): v1.13.2-eksbuild.21 → v1.14.3-eksbuild.14: its pods restart one by one; a name may be found later",
            "dynamic: addresses of Services (kube-proxy): v1.35.3-eksbuild.21 → v1.36.0-eksbuild.17: a pod that comes or goes is noticed later",
        ],
    },
    "eks-controller-removed": {
        verdict:
            "cluster-stops: load balancer controller: where clients come through load balancers, a broker that moves is not reached from outside any more (and 1 more)",
        findings: [
            "cluster-stops: load balancer controller: in the stack → -: where clients come through load balancers, a broker that moves is not reached from outside any more",
            "cluster-stops: permissions of the load balancer controller: in the stack → -: nobody puts pods behind the load balancers: a broker that moves is not reached from outside",
        ],
    },
    "eks-destroy": {
        verdict:
            "data-may-be-lost: EKS cluster: everything in it goes, Kafka too; of the data only the volumes of a class that retains them stay in EBS (and 3 more)",
        findings: [
            "data-may-be-lost: EKS cluster: in the stack → -: everything in it goes, Kafka too; of the data only the volumes of a class that retains them stay in EBS",
            "data-may-be-lost: namespace: kafka-impact → -: is deleted with everything in it, the volumes too",
            "data-may-be-lost: volume of broker 0, 1, 2: in the stack → -: is deleted with all its data",
            "data-may-be-lost: volume of ZooKeeper member 0, 1, 2: in the stack → -: is deleted with all its data",
            "cluster-stops: brokers: 3 pods → -: all 3 brokers stop at once: no topic can be written or read",
            "cluster-stops: ZooKeeper: 3 pods → -: all 3 ZooKeeper members stop at once: the brokers lose their sessions, and no topic can be written",
            "cluster-stops: load balancer controller: in the stack → -: where clients come through load balancers, a broker that moves is not reached from outside any more",
            "cluster-stops: bootstrap address inside the cluster: ClusterIP 9092 → -: clients that use this address lose it",
            "cluster-stops: address on listener external of broker 0, 1, 2: LoadBalancer 9094 → -: clients that use this address lose it",
            "cluster-stops: the brokers' own names: ClusterIP 9091, 9092 → -: the pods behind it don't find each other without it",
            "cluster-stops: bootstrap address kafka-service: LoadBalancer 9092 → -: clients that use this address lose it",
            "cluster-stops: address of ZooKeeper: ClusterIP 2181 → -: clients that use this address lose it",
            "cluster-stops: the ZooKeeper members' own names: ClusterIP 2181, 2888, 3888 → -: the pods behind it don't find each other without it",
            "cluster-stops: VPC: in the stack → -: everything is in it, Kafka too",
            "cluster-stops: subnets in us-east-1d, us-east-1e, us-east-1f: in the stack → -: nodes and load balancers in it go; brokers with volumes in this zone run nowhere else",
            "cluster-stops: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: in the stack → -: brokers are left without a node: their volumes can't leave the zone",
            "cluster-stops: nodes of everything else: in the stack → -: nobody repairs Kafka, volumes or load balancers, and names are not found",
            "cluster-stops: template of the nodes: in the stack → -: no node can be made anew",
            "cluster-stops: driver of the volumes (aws-ebs-csi-driver): in the stack → -: no volume can be attached, made or grown: a broker that moves does not start",
            "cluster-stops: names in the cluster (coredns): in the stack → -: names are not found: brokers and clients can't connect anew",
            "cluster-stops: permissions of pods (eks-pod-identity-agent): in the stack → -: the drivers of volumes and load balancers lose their permissions",
            "cluster-stops: addresses of Services (kube-proxy): in the stack → -: Services lead to pods that are gone",
            "cluster-stops: network of the pods (vpc-cni): in the stack → -: a pod that starts gets no address",
            "cluster-stops: key of the cluster's Secrets: in the stack → -: without it no Secret can be read, and the cluster is lost; AWS deletes it after a time in which that can be undone",
            "cluster-stops: permissions of the driver of the volumes: in the stack → -: no volume can be attached, made or grown: a broker that moves does not start",
            "cluster-stops: permissions of the load balancer controller: in the stack → -: nobody puts pods behind the load balancers: a broker that moves is not reached from outside",
            "cluster-stops: permissions of the nodes: in the stack → -: nodes can't join the cluster, give pods addresses or fetch images",
            "cluster-stops: way to and from the internet: in the stack → -: clients on the internet are cut off, and nodes can't fetch images",
            "cluster-stops: routes of the subnets: in the stack → -: subnets lose their way out: no images, no AWS APIs, and no clients on the internet",
            "cluster-stops: class of the volumes (gp3): in the stack → -: no volume can be made or grow; those that are there stay attached",
            "nothing: topic orders: in the stack → -: stays in Kafka with all that is in it",
            "nothing: check before an update of ZooKeeper:  → : goes; it only ran before updates",
            "nothing: broker configuration: in the stack → -: goes after the pods that read it",
            "nothing: directory of the listeners: in the stack → -: only npm run client and npm run health read it",
            "nothing: ZooKeeper configuration: in the stack → -: goes after the pods that read it",
            "nothing: protection of kafka from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: protection of zookeeper from drains: in the stack → -: while it is missing, a drain of several nodes can stop several pods",
            "nothing: NAT gateway in us-east-1d: in the stack → -: connections out of the VPC through it break, and its address is not the sender any more; Kafka and clients inside the VPC don't notice it",
            "nothing: shortcut to S3: in the stack → -: images come through the NAT gateways, which costs more",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    "eks-layout-per-broker": {
        verdict:
            "clients-cut-off: advertised addresses of broker 0: clients are told these from its restart on; those that don't reach them lose the broker (and 8 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "clients-cut-off: advertised addresses of broker 0: …al:9092,EXTERNAL://kafka-external-nlb-aa7da284.elb.eu-west… → …al:9092,EXTERNAL://10.254.1.1:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 1: …al:9092,EXTERNAL://kafka-external-nlb-aa7da284.elb.eu-west… → …al:9092,EXTERNAL://10.254.1.2:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 2: …al:9092,EXTERNAL://kafka-external-nlb-aa7da284.elb.eu-west… → …al:9092,EXTERNAL://10.254.1.3:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: load balancer of listener external: in the stack → -: its DNS name goes: the bootstrap address of every client, and the address of every broker, on this listener",
            "clients-cut-off: address on listener external of broker 0, 1, 2: in the stack → -: clients that use this address lose it",
            "clients-cut-off: bootstrap address on listener external: in the stack → -: clients that use this address lose it",
            "clients-cut-off: who reaches listener external from outside: in the stack → -: clients outside are cut off",
            "clients-cut-off: clients of listener external from 0.0.0.0/0: in the stack → -: are refused",
            "clients-cut-off: connections of listener external from the load balancer to pods: in the stack → -: are refused",
            "rolling-restart: brokers: configuration (its hash): 539dc3b8d3f9c1a3 → de1fcd2eccb3b9ea: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "dynamic: address on listener external of broker 0, 1, 2: ClusterIP 9094 → LoadBalancer 9094: is reached in more ways than before",
            "dynamic: bootstrap address kafka-service: ClusterIP 9092 → LoadBalancer 9092: is reached in more ways than before",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "eks-layout-shared": {
        verdict:
            "clients-cut-off: address on listener external of broker 0, 1, 2: clients that use this address lose it (and 1 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up; 1 change is not judged",
        findings: [
            "clients-cut-off: address on listener external of broker 0, 1, 2: LoadBalancer 9094 → ClusterIP 9094: clients that use this address lose it",
            "clients-cut-off: bootstrap address kafka-service: LoadBalancer 9092 → ClusterIP 9092: clients that use this address lose it",
            'not judged: broker configuration: data: {"admin.properties":"# The startup probe\'s own limits: it i… → (known when it is made): this tool does not know what this field does to Kafka',
            "rolling-restart: brokers: configuration (its hash): 94bf1904690001d5 → (known when it is made): the brokers restart one by one, highest first; each has to be back before the next one goes",
            "dynamic: address on listener external of broker 0, 1, 2: - → new: is made; the addresses that are there stay",
            "dynamic: bootstrap address on listener external: - → new: is made; the addresses that are there stay",
            "dynamic: clients of listener external from 0.0.0.0/0: - → new: are let in",
            "dynamic: connections of listener external from the load balancer to pods: - → new: are let in",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
            "nothing: load balancer of listener external: - → new: is made; what is there stays",
            "nothing: who reaches listener external from outside: - → new: is made; what is there stays",
        ],
    },
    "eks-logs": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: permissions of the flow logs: - → new: is made; what is there stays",
            "nothing: logs of the network and the control plane: - → new: is made; what is there stays",
        ],
    },
    "eks-nat-per-zone": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: routes of the subnets: one NAT gateway → another one: connections out of the VPC break once and go on through another gateway; Kafka and clients inside the VPC don't notice it",
            "nothing: NAT gateway in us-east-1e, us-east-1f: - → new: is made; what is there stays",
        ],
    },
    "eks-nat-single": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: routes of the subnets: one NAT gateway → another one: connections out of the VPC break once and go on through another gateway; Kafka and clients inside the VPC don't notice it",
            "nothing: NAT gateway in us-east-1e, us-east-1f: in the stack → -: connections out of the VPC through it break, and its address is not the sender any more; Kafka and clients inside the VPC don't notice it",
        ],
    },
    "eks-new-stack": {
        verdict: "nothing: new cluster; nothing running is affected",
        findings: [
            "nothing: EKS cluster, with its network, nodes and permissions: - → new: is made first; Kafka comes after it",
            "nothing: namespace: - → kafka-impact: is made, or taken back",
            "nothing: brokers: - → 3 pods: new brokers start",
            "nothing: ZooKeeper: - → 3 pods: new ZooKeeper members start",
            "nothing: volume of broker 0, 1, 2: - → new: is made, or taken back",
            "nothing: volume of ZooKeeper member 0, 1, 2: - → new: is made, or taken back",
            "nothing: load balancer controller: - → new: is made; what is there stays",
            "nothing: topic orders: - → new: is created unless it is there already",
            "nothing: check before an update of ZooKeeper:  → : fails, and with it up, unless all members serve",
            "nothing: broker configuration: - → new: is made",
            "nothing: directory of the listeners: - → new: is made",
            "nothing: ZooKeeper configuration: - → new: is made",
            "nothing: bootstrap address inside the cluster: - → ClusterIP 9092: is made; the addresses that are there stay",
            "nothing: address on listener external of broker 0, 1, 2: - → LoadBalancer 9094: is made; the addresses that are there stay",
            "nothing: the brokers' own names: - → ClusterIP 9091, 9092: is made; the addresses that are there stay",
            "nothing: bootstrap address kafka-service: - → LoadBalancer 9092: is made; the addresses that are there stay",
            "nothing: address of ZooKeeper: - → ClusterIP 2181: is made; the addresses that are there stay",
            "nothing: the ZooKeeper members' own names: - → ClusterIP 2181, 2888, 3888: is made; the addresses that are there stay",
            "nothing: protection of kafka from drains: - → new: is made",
            "nothing: protection of zookeeper from drains: - → new: is made",
            "nothing: class of the volumes (gp3): - → new: is made",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    "eks-new-strimzi-stack": {
        verdict: "nothing: new cluster; nothing running is affected",
        findings: [
            "nothing: EKS cluster, with its network, nodes and permissions: - → new: is made first; Kafka comes after it",
            "nothing: namespace: - → kafka-impact: is made, or taken back",
            "nothing: Kafka cluster: - → new: is made",
            "nothing: brokers: - → 3: new brokers start",
            "nothing: identity of the cluster (pool cluster-id): - → new: is made, or taken back",
            "nothing: controllers: - → 3: new controllers start",
            "nothing: load balancer controller: - → new: is made; what is there stays",
            "nothing: Strimzi operator: - → new: is installed",
            "nothing: topic orders: - → new: is created unless it is there already",
            "nothing: directory of the listeners: - → new: is made",
            "nothing: address on listener external of broker 0, 1, 2: - → new: is made; the addresses that are there stay",
            "nothing: bootstrap address on listener external: - → new: is made; the addresses that are there stay",
            "nothing: class of the volumes (gp3): - → new: is made",
            "nothing: way to the Kubernetes cluster:  → : only Pulumi uses it",
        ],
    },
    "eks-no-change": {
        verdict: "nothing: Kafka does not notice it",
        findings: [],
    },
    "eks-public-access": {
        verdict:
            "cluster-opens: EKS cluster: the API server is reached from more networks: whoever has permissions there can stop Kafka",
        findings: [
            "cluster-opens: EKS cluster: 203.0.113.7/32 → 198.51.100.0/24: the API server is reached from more networks: whoever has permissions there can stop Kafka",
        ],
    },
    "eks-retain-volumes": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: deleteDataOnDestroy: true → false: from now on destroy keeps the namespace and the volumes",
            "nothing: class of the volumes (gp3): reclaimPolicy: Delete → Retain: for new volumes only; those that are there keep what they have",
        ],
    },
    "eks-scheme-internet-facing": {
        verdict:
            "cluster-opens: address on listener external of broker 0, 1, 2: the internet reaches it (and 1 more); clients-cut-off: advertised addresses of broker 0: clients are told these from its restart on; those that don't reach them lose the broker (and 4 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up",
        findings: [
            "cluster-opens: address on listener external of broker 0, 1, 2: internal → internet-facing: the internet reaches it",
            "cluster-opens: bootstrap address kafka-service: internal → internet-facing: the internet reaches it",
            "clients-cut-off: advertised addresses of broker 0: …al:9092,EXTERNAL://kafka-external-0-0a1b.elb.us-east-1.ama… → …al:9092,EXTERNAL://10.254.1.1:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 1: …al:9092,EXTERNAL://kafka-external-1-0a1b.elb.us-east-1.ama… → …al:9092,EXTERNAL://10.254.1.2:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: advertised addresses of broker 2: …al:9092,EXTERNAL://kafka-external-2-0a1b.elb.us-east-1.ama… → …al:9092,EXTERNAL://10.254.1.3:9094: clients are told these from its restart on; those that don't reach them lose the broker",
            "clients-cut-off: address on listener external of broker 0, 1, 2: internal → internet-facing: another load balancer with another DNS name takes its place: clients that use the old one lose it",
            "clients-cut-off: bootstrap address kafka-service: internal → internet-facing: another load balancer with another DNS name takes its place: clients that use the old one lose it",
            "rolling-restart: brokers: configuration (its hash): 94bf1904690001d5 → de1fcd2eccb3b9ea: the brokers restart one by one, highest first; each has to be back before the next one goes",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "eks-shared-scheme": {
        verdict:
            "cluster-opens: load balancer of listener external: the internet reaches it; clients-cut-off: load balancer of listener external: its DNS name goes: the bootstrap address of every client, and the address of every broker, on this listener (and 2 more); 3 brokers restart one by one, highest first, in about 45 s to 2 min plus the time to catch up; 1 change is not judged",
        findings: [
            "cluster-opens: load balancer of listener external: internal → internet-facing: the internet reaches it",
            "clients-cut-off: load balancer of listener external: true → false: its DNS name goes: the bootstrap address of every client, and the address of every broker, on this listener",
            "clients-cut-off: address on listener external of broker 0, 1, 2: in the stack → another one: for a moment it is not reached from outside",
            "clients-cut-off: bootstrap address on listener external: in the stack → another one: for a moment it is not reached from outside",
            'not judged: broker configuration: data: {"admin.properties":"# The startup probe\'s own limits: it i… → (known when it is made): this tool does not know what this field does to Kafka',
            "rolling-restart: brokers: configuration (its hash): 539dc3b8d3f9c1a3 → (known when it is made): the brokers restart one by one, highest first; each has to be back before the next one goes",
            "nothing: directory of the listeners: before → now: only npm run client and npm run health read it",
        ],
    },
    "eks-system-instance-type": {
        verdict:
            "dynamic: nodes of everything else: what runs there (operator, load balancer controller, names) moves; Kafka goes on",
        findings: [
            "dynamic: nodes of everything else: t4g.medium → m7g.large: what runs there (operator, load balancer controller, names) moves; Kafka goes on",
        ],
    },
    "eks-version": {
        verdict: "rolling-restart: brokers restart one by one, as their nodes are drained",
        findings: [
            "rolling-restart: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: 1.35 → 1.36: EKS replaces the nodes one at a time: each is drained, and what Kafka and its quorum have there restarts on another; a PodDisruptionBudget lets them leave one by one, and the update fails if one can't for 15 minutes",
            "dynamic: EKS cluster: 1.35 → 1.36: the control plane is updated while Kafka runs; there is no way back, and the nodes come after it",
            "dynamic: nodes of everything else: 1.35 → 1.36: what runs there (operator, load balancer controller, names) moves; Kafka goes on",
            "dynamic: names in the cluster (coredns): v1.13.2-eksbuild.21 → v1.14.3-eksbuild.14: its pods restart one by one; a name may be found later",
            "dynamic: addresses of Services (kube-proxy): v1.35.3-eksbuild.21 → v1.36.0-eksbuild.17: a pod that comes or goes is noticed later",
        ],
    },
    "eks-volume-performance": {
        verdict: "nothing: Kafka does not notice it",
        findings: [
            "nothing: class of the volumes (gp3): iops: 3000 → 6000: for new volumes only; those that are there keep what they have",
            "nothing: class of the volumes (gp3): throughput: 125 → 250: for new volumes only; those that are there keep what they have",
        ],
    },
    "eks-vpc-moved": {
        verdict: "cluster-stops: VPC: everything is in it, Kafka too (and 4 more)",
        findings: [
            "cluster-stops: VPC: 10.0.0.0/16 → 10.8.0.0/16: everything is in it, Kafka too",
            "cluster-stops: subnets in us-east-1d, us-east-1e, us-east-1f: in the stack → another one: nodes and load balancers in it go; brokers with volumes in this zone run nowhere else",
            "cluster-stops: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: in the stack → another one: brokers are left without a node: their volumes can't leave the zone",
            "cluster-stops: way to and from the internet: eks-network-vpc-9c8ac851 → (known when it is made): clients on the internet are cut off, and nodes can't fetch images",
            "cluster-stops: routes of the subnets: in the stack → another one: subnets lose their way out: no images, no AWS APIs, and no clients on the internet",
            "dynamic: EKS cluster: some subnets → others: the control plane reaches the VPC through other subnets; EKS refuses those of another VPC",
            "dynamic: load balancer controller: eks-network-vpc-9c8ac851 → (known when it is made): the controller restarts; a pod that becomes ready meanwhile waits for its load balancer",
            "dynamic: nodes of everything else: in the stack → another one: what runs there (operator, load balancer controller, names) moves; Kafka goes on",
            "nothing: NAT gateway in us-east-1d: in the stack → another one: connections out of the VPC through it break, and its address is not the sender any more; Kafka and clients inside the VPC don't notice it",
            "nothing: shortcut to S3: in the stack → another one: images come through the NAT gateways, which costs more",
        ],
    },
    "eks-zone-exchanged": {
        verdict:
            "cluster-stops: subnets in us-east-1f: nodes and load balancers in it go; brokers with volumes in this zone run nowhere else (and 2 more)",
        findings: [
            "cluster-stops: subnets in us-east-1f: in the stack → -: nodes and load balancers in it go; brokers with volumes in this zone run nowhere else",
            "cluster-stops: nodes of the brokers in us-east-1f: in the stack → -: brokers are left without a node: their volumes can't leave the zone",
            "cluster-stops: routes of the subnets: in the stack → -: subnets lose their way out: no images, no AWS APIs, and no clients on the internet",
            "dynamic: EKS cluster: some subnets → others: the control plane reaches the VPC through other subnets; EKS refuses those of another VPC",
            "dynamic: nodes of everything else: in the stack → another one: what runs there (operator, load balancer controller, names) moves; Kafka goes on",
            "nothing: subnets in us-east-1b: - → new: is made; what is there stays",
            "nothing: nodes of the brokers in us-east-1b: - → new: are added; no broker moves to them",
            "nothing: routes of the subnets: - → new: is made; what is there stays",
        ],
    },
    "hand-made-eks-owner-tag": {
        verdict: "rolling-restart: brokers restart one by one, as their nodes are drained",
        findings: [
            "rolling-restart: nodes of the brokers in us-east-1d, us-east-1e, us-east-1f: 1 → (known when it is made): EKS replaces the nodes one at a time: each is drained, and what Kafka and its quorum have there restarts on another; a PodDisruptionBudget lets them leave one by one, and the update fails if one can't for 15 minutes",
            "rolling-restart: template of the nodes: - → streaming: a new version of the template: EKS replaces all nodes, one at a time in each group",
            "dynamic: nodes of everything else: 1 → (known when it is made): what runs there (operator, load balancer controller, names) moves; Kafka goes on",
        ],
    },
};
