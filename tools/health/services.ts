import type { V1EndpointSlice, V1Service } from "@kubernetes/client-node";
import {
    KAFKA,
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    ZOOKEEPER,
    ZOOKEEPER_HEADLESS,
} from "../../components/kafka/names";
import { APPLICATIONS_SELECTOR, type Check, type HealthContext, shortList } from "./check";
import type { ExpectedSet } from "./expected";

/** Label that ties the slices with a Service's endpoints to it. */
const SERVICE_LABEL = "kubernetes.io/service-name";

/** Services without which a StatefulSet's pods have no names, or clients inside the cluster no way to them. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
    [KAFKA]: [KAFKA_BOOTSTRAP, KAFKA_HEADLESS],
    [ZOOKEEPER]: [ZOOKEEPER, ZOOKEEPER_HEADLESS],
};

/** Judges the Services: those of StatefulSets are there, and each has an address and pods behind it. */
export function judgeServices(
    services: readonly V1Service[],
    slices: readonly V1EndpointSlice[],
    expected: readonly ExpectedSet[],
    namespace: string,
): Check[] {
    const found = services.map(({ metadata }) => metadata?.name);
    const missing = expected
        .filter(({ kind }) => kind === "statefulset")
        .flatMap(({ name }) => NEEDED[name] ?? [])
        .filter((name) => !found.includes(name));
    return [
        ...services.map((service) => judgeService(service, slices, namespace)),
        ...missing.map(missingService),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function missingService(name: string): Check {
    const next = "pulumi up --refresh makes it again";
    return { area: "services", name, ok: false, detail: "does not exist", next };
}

function judgeService(
    { metadata, spec, status }: V1Service,
    slices: readonly V1EndpointSlice[],
    namespace: string,
): Check {
    const name = metadata?.name ?? "";
    const type = spec?.type ?? "ClusterIP";
    const isLoadBalancer = type === "LoadBalancer";
    const ingress = status?.loadBalancer?.ingress ?? [];
    const addresses = isLoadBalancer
        ? ingress.flatMap(({ hostname, ip }) => hostname ?? ip ?? [])
        : [spec?.clusterIP === "None" ? "headless" : spec?.clusterIP].filter((ip) => ip);
    const ports = (spec?.ports ?? []).map(({ port, nodePort }) =>
        nodePort && !isLoadBalancer ? `${port} (node port ${nodePort})` : String(port),
    );
    const ready = slices
        .filter((slice) => slice.metadata?.labels?.[SERVICE_LABEL] === name)
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false).length;
    const hasAddress = addresses.length > 0;
    // The endpoints of a Service without a selector are someone else's business.
    const hasPods = ready > 0 || spec?.selector === undefined;
    const ok = hasAddress && hasPods;
    const detail = [
        type,
        hasAddress
            ? shortList(addresses.map(String))
            : isLoadBalancer
              ? "the load balancer has no address yet"
              : "no address",
        `${ports.length === 1 ? "port" : "ports"} ${ports.join(", ")}`,
        hasPods ? `${ready} ${ready === 1 ? "endpoint" : "endpoints"}` : "no ready pod behind it",
    ].join(", ");
    const next = hasAddress
        ? `kubectl get endpointslices -n ${namespace} -l ${SERVICE_LABEL}=${name}`
        : `kubectl describe service ${name} -n ${namespace}`;
    return { area: "services", name, ok, detail, ...(!ok && { next }) };
}

/** Checks the Services. */
export async function checkServices(
    { apis, namespace }: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const [services, slices] = await Promise.all([
        apis.core.listNamespacedService({ namespace, labelSelector: APPLICATIONS_SELECTOR }),
        apis.discovery.listNamespacedEndpointSlice({ namespace }),
    ]);
    return judgeServices(services.items, slices.items, expected, namespace);
}
