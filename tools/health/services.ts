import type { V1EndpointSlice, V1Service } from "@kubernetes/client-node";
import { APPLICATIONS_SELECTOR, type Check, type HealthContext, shortList } from "./check";

/** Label that ties the slices with a Service's endpoints to it. */
const SERVICE_LABEL = "kubernetes.io/service-name";

/** Judges the Services: each has an address and pods behind it. */
export function judgeServices(
    services: readonly V1Service[],
    slices: readonly V1EndpointSlice[],
    namespace: string,
): Check[] {
    return services
        .map((service) => judgeService(service, slices, namespace))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
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
export async function checkServices({ apis, namespace }: HealthContext): Promise<Check[]> {
    const [services, slices] = await Promise.all([
        apis.core.listNamespacedService({ namespace, labelSelector: APPLICATIONS_SELECTOR }),
        apis.discovery.listNamespacedEndpointSlice({ namespace }),
    ]);
    return judgeServices(services.items, slices.items, namespace);
}
