import type { Effect } from "../finding";
import { judgeAccess, type ListenerAccess, type Listeners, pairListeners } from "./listenerAccess";
import type { Properties } from "./propertyRisks";

/** The program's own listener, which only brokers use. */
const REPLICATION = "REPLICATION";

/** Judges the listeners that broker properties describe. How they reach the brokers stands at the properties. */
export function judgeListenerProperties(from: Properties, to: Properties): readonly Effect[] {
    const [before, after] = [listenersOf(from), listenersOf(to)];
    const ofClients = new Map([...before].filter(([name]) => name !== REPLICATION));
    return pairListeners(before, after).flatMap((pair): Effect[] => {
        const [old, now] = [before.get(pair.from ?? ""), after.get(pair.to ?? "")];
        const name = pair.from ?? pair.to!;
        const isOfBrokers = name === REPLICATION;
        return judgeAccess(old, now, ofClients)
            .filter(({ severity }) => !isOfBrokers || severity === "cluster-opens")
            .map((effect) => ({
                subject: isOfBrokers
                    ? "listener between brokers"
                    : `listener ${name.toLowerCase()}`,
                from: describe(old),
                to: describe(now),
                ...effect,
            }));
    });
}

function listenersOf(properties: Properties): Listeners {
    const ports = new Map(
        entries(properties["listeners"]).map((entry) => {
            const [name, , port] = entry.split(":");
            return [name, port] as const;
        }),
    );
    return new Map(
        entries(properties["listener.security.protocol.map"]).map((entry) => {
            const [name = "", protocol = ""] = entry.split(":");
            return [name, accessOf(name, protocol, ports.get(name) ?? "", properties)] as const;
        }),
    );
}

function accessOf(
    name: string,
    protocol: string,
    port: string,
    properties: Properties,
): ListenerAccess {
    const own = (property: string) => properties[`listener.name.${name.toLowerCase()}.${property}`];
    const isSasl = protocol.startsWith("SASL_");
    const needsCertificate = own("ssl.client.auth") === "required";
    return {
        port,
        tls: protocol.endsWith("SSL"),
        authentication: isSasl
            ? (own("sasl.enabled.mechanisms") ?? "SASL").toLowerCase()
            : needsCertificate
              ? "tls"
              : undefined,
        isExternal: undefined,
    };
}

function entries(list: string | undefined): string[] {
    return (list ?? "").split(",").filter((entry) => entry !== "");
}

function describe(listener: ListenerAccess | undefined): string {
    if (listener === undefined) {
        return "-";
    }
    const { port, tls, authentication = "no authentication" } = listener;
    return [`port ${port}`, tls ? "TLS" : "in clear", authentication].join(", ");
}
