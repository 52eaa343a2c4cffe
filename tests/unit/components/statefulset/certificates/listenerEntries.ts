import type { ListenerEntry } from "../../../../../components/kafka/clientAccess";

export const INTERNAL: ListenerEntry = {
    name: "internal",
    type: "internal",
    tls: false,
    bootstrap: "kafka-bootstrap.streams.svc.cluster.local:9092",
    brokers: ["kafka-0.kafka-headless.streams.svc.cluster.local:9092"],
};
export const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: true,
    bootstrap: "192.0.2.9:9092",
    brokers: ["192.0.2.1:9094", "lb-1.example.com:9094"],
};
export const NODES: ListenerEntry = {
    name: "nodes",
    type: "nodePort",
    tls: true,
    bootstrap: "a.example.com:30100,b.example.com:30100",
    brokers: ["a.example.com:30101", "b.example.com:30102"],
};
