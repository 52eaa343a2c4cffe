/** Domain of what only a cloud can tell. Nobody resolves such a name, should it be applied as it is. */
const UNKNOWN = "known-after-up.invalid";

/** What stands in a rendered object in place of a value that only a cloud can tell. */
export function unknown(name: string): string {
    return `${name}.${UNKNOWN}`;
}

/** Whether something holds a value that only a cloud can tell. */
export function holdsUnknown(value: unknown): boolean {
    return JSON.stringify(value).includes(UNKNOWN);
}

interface Inputs {
    readonly kind?: string;
    readonly metadata?: { readonly name: string };
    readonly spec?: {
        readonly type?: string;
        readonly kafka?: { readonly listeners: readonly StrimziListener[] };
    };
}

interface StrimziListener {
    readonly name: string;
    readonly port: number;
    readonly type: string;
}

/** Outputs of a resource that only a cloud, or Strimzi's operator, can tell, as far as objects of Kubernetes hold them. */
export function unknownOutputs(type: string, name: string, inputs: unknown): object {
    if (type.startsWith("aws:")) {
        return { arn: unknown(name), dnsName: unknown(name) };
    }
    if (type === "eks:index:Cluster") {
        const server = `https://${unknown(name)}`;
        return {
            kubeconfigJson: JSON.stringify({ clusters: [{ cluster: { server } }] }),
            clusterSecurityGroupId: unknown(name),
        };
    }
    const { kind, metadata, spec } = inputs as Inputs;
    if (kind === "Service" && spec?.type === "LoadBalancer") {
        return { status: { loadBalancer: { ingress: [{ hostname: unknown(metadata!.name) }] } } };
    }
    if (kind === "Kafka") {
        const listeners = spec!
            .kafka!.listeners.filter((listener) => listener.type === "loadbalancer")
            .map((listener) => ({
                name: listener.name,
                bootstrapServers: `${unknown(listener.name)}:${listener.port}`,
            }));
        return { status: { listeners } };
    }
    return {};
}
