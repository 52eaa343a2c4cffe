/** Whatever a stack may add to pods. */
export const ADDITIONS = {
    tolerations: [
        { key: "dedicated", operator: "Equal", value: "kafka", effect: "NoSchedule" },
        { key: "slow", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
    ],
    nodeSelector: { pool: "kafka" },
    affinity: {
        nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                    { matchExpressions: [{ key: "cores", operator: "Gt", values: ["3"] }] },
                ],
            },
            preferredDuringSchedulingIgnoredDuringExecution: [
                {
                    weight: 5,
                    preference: { matchExpressions: [{ key: "ssd", operator: "Exists" }] },
                },
            ],
        },
        podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                {
                    weight: 5,
                    podAffinityTerm: {
                        labelSelector: { matchLabels: { app: "shop" } },
                        topologyKey: "topology.kubernetes.io/zone",
                        namespaces: ["shop"],
                    },
                },
            ],
        },
        podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
                {
                    labelSelector: { matchLabels: { app: "postgres" } },
                    topologyKey: "kubernetes.io/hostname",
                    namespaceSelector: {},
                },
            ],
        },
    },
    imagePullSecrets: [{ name: "registry" }],
    priorityClassName: "important",
    podLabels: { team: "data" },
    podAnnotations: { "example.com/scrape": "true" },
    jvmOptions: {
        "-Xmx": "256m",
        "-XX": { UseZGC: true, MaxGCPauseMillis: 50 },
        javaSystemProperties: [{ name: "file.encoding", value: "UTF-8" }],
    },
    env: [
        { name: "TZ", value: "UTC" },
        { name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens", key: "kafka" } } },
        { name: "LEVEL", valueFrom: { configMapKeyRef: { name: "levels", key: "kafka" } } },
    ],
};
/** The same for brokers, with their Services. */
export const BROKER_ADDITIONS = {
    ...ADDITIONS,
    jvmOptions: { ...ADDITIONS.jvmOptions, "-Xmx": "1g" },
    serviceLabels: { team: "data" },
    serviceAnnotations: { "example.com/owner": "data" },
};
/** Something of each part of the resources that an overlay may add to. */
export const OVERLAY = {
    kafka: {
        spec: {
            kafka: {
                logging: { type: "inline", loggers: { "kafka.root.logger.level": "INFO" } },
                jmxOptions: {},
                readinessProbe: { timeoutSeconds: 9 },
                template: { serviceAccount: { metadata: { annotations: { a: "b" } } } },
            },
            entityOperator: { userOperator: { resources: { limits: { memory: "512Mi" } } } },
            clusterCa: { renewalDays: 60 },
            kafkaExporter: { topicRegex: ".*" },
            cruiseControl: {},
            maintenanceTimeWindows: ["* * 1-3 ? * SUN *"],
        },
    },
    brokers: {
        spec: {
            template: {
                pod: { tmpDirSizeLimit: "20Mi", schedulerName: "mine" },
                persistentVolumeClaim: { metadata: { labels: { team: "data" } } },
            },
        },
    },
};
