import { nodePorts } from "../../components/kafka/listeners";
import { ConfigProblem, show } from "../problems";
import { ParsedConfig } from "../schema";

type ParsedListener = NonNullable<NonNullable<ParsedConfig["listeners"]>[number]>;

/** What travels through networks that are not the cluster's is encrypted, or it is said that it is not to be. */
function insecure(listener: ParsedListener, key: string): ConfigProblem[] {
    if (
        listener.type === "internal" ||
        listener.tls !== listener.allowInsecure ||
        // Already a problem of its own.
        (listener.authentication?.type === "tls" && !listener.tls)
    ) {
        return [];
    }
    return listener.tls
        ? [
              {
                  key: `${key}.allowInsecure`,
                  expected: "nothing with tls true, which encrypts what clients send",
                  given: "true",
              },
          ]
        : [
              {
                  key: `${key}.tls`,
                  expected:
                      "true, or allowInsecure true: clients outside the cluster would send everything in the clear",
                  given: "false",
              },
          ];
}

/** Names and ports that listeners share, and an internal listener that is missing. */
export function listenerConflicts(config: ParsedConfig): ConfigProblem[] {
    const listeners = config.listeners ?? [];
    const problems: ConfigProblem[] = [];
    const takenBy = new Map<string, string>();
    const take = (what: string, value: string | number | undefined, key: string) => {
        if (value === undefined) {
            return;
        }
        const other = takenBy.get(`${what} ${value}`);
        if (other === undefined) {
            takenBy.set(`${what} ${value}`, key);
        } else {
            problems.push({
                key,
                expected: `a ${what} that ${other} does not have`,
                given: show(value),
            });
        }
    };
    listeners.forEach((listener, index) => {
        const key = `listeners[${index}]`;
        if (listener === undefined) {
            return;
        }
        if (listener.authentication?.type === "tls" && !listener.tls) {
            const expected = 'true with authentication of type "tls"';
            problems.push({ key: `${key}.tls`, expected, given: show(listener.tls) });
        }
        problems.push(...insecure(listener, key));
        if (listener.networkPolicyPeers !== undefined && config.networkPolicies === false) {
            problems.push({
                key: `${key}.networkPolicyPeers`,
                expected: "nothing with networkPolicies false, which keeps nobody out",
                given: show(listener.networkPolicyPeers),
            });
        }
        take("name", listener.name, `${key}.name`);
        take("port", listener.port, `${key}.port`);
        if (listener.type === "loadBalancer") {
            take("domain", listener.domain, `${key}.domain`);
        }
        if (
            listener.type === "nodePort" &&
            listener.basePort !== undefined &&
            config.kafka.replicas !== undefined
        ) {
            const ports = nodePorts({ basePort: listener.basePort }, config.kafka.replicas);
            if (ports.at(-1)! > 32767) {
                const expected = `a port of at most ${32767 - config.kafka.replicas}: the brokers have the ports after it`;
                problems.push({ key: `${key}.basePort`, expected, given: show(listener.basePort) });
            }
            const overlap = ports.find((port) => takenBy.has(`node port ${port}`));
            if (overlap !== undefined) {
                const expected = `node ports that ${takenBy.get(`node port ${overlap}`)} does not take`;
                problems.push({ key: `${key}.basePort`, expected, given: show(listener.basePort) });
            }
            ports.forEach((port) => takenBy.set(`node port ${port}`, key));
        }
    });
    const isInternalOrUnknown = (listener: (typeof listeners)[number]) =>
        listener === undefined || listener.type === "internal";
    if (listeners.length > 0 && !listeners.some(isInternalOrUnknown)) {
        problems.push({
            key: "listeners",
            expected: 'one listener of type "internal", for clients inside the cluster',
            given: show(listeners.map((listener) => listener?.type)),
        });
    }
    return problems;
}
