import { type CoreV1Api, type V1Service } from "@kubernetes/client-node";
import { hostsOf, RANGES } from "../addresses";
import { MERGE_PATCH } from "../cluster";
import { run } from "../../run";
import { HealthChecks } from "./healthChecks";

/** Where kube-proxy says whether a node should get traffic of load balancers. */
const PROXY_HEALTH_PORT = 10256;

/** Gives Services of the type LoadBalancer an address and leads it to the nodes that are healthy. */
export class LoadBalancers {
    /** The nodes that each address leads to, as the machine's routes were last set. */
    private readonly routes = new Map<string, string>();
    private readonly checks = new HealthChecks();

    public constructor(private readonly api: CoreV1Api) {}

    /** One round: addresses to all Services that have none, routes by the health of the nodes. */
    public async reconcile(): Promise<void> {
        const all = await this.api.listServiceForAllNamespaces();
        const services = all.items.filter((service) => service.spec?.type === "LoadBalancer");
        const addresses = assignAddresses(services);
        for (const [service, address] of addresses) {
            if (addressOf(service) !== address) {
                await this.publish(service, address);
            }
        }
        const healthy = await this.checks.healthyNodes(PROXY_HEALTH_PORT);
        for (const [service, address] of addresses) {
            await this.route(address, await this.backendsOf(service, healthy));
        }
        for (const address of this.routes.keys()) {
            if (![...addresses.values()].includes(address)) {
                await this.route(address, []);
            }
        }
    }

    private async publish(service: V1Service, ip: string): Promise<void> {
        const { name = "", namespace = "" } = service.metadata ?? {};
        await this.api.patchNamespacedServiceStatus(
            {
                name,
                namespace,
                body: { status: { loadBalancer: { ingress: [{ ip, ipMode: "VIP" }] } } },
            },
            MERGE_PATCH,
        );
        console.log(`${namespace}/${name} has the address ${ip}`);
    }

    private async backendsOf(
        service: V1Service,
        healthy: readonly string[],
    ): Promise<readonly string[]> {
        const port = service.spec?.healthCheckNodePort;
        // With the policy Local only nodes that run an endpoint accept traffic, and say so here.
        return service.spec?.externalTrafficPolicy === "Local" && port
            ? (await this.checks.healthyNodes(port)).filter((node) => healthy.includes(node))
            : healthy;
    }

    // No interface has the address: each node's kube-proxy accepts packets for it.
    private async route(address: string, nodes: readonly string[]): Promise<void> {
        const target = nodes.join(" ");
        if ((this.routes.get(address) ?? "") === target) {
            return;
        }
        if (nodes.length === 0) {
            // It may be gone already, with the interface.
            await run("ip", ["route", "del", address]).catch(() => undefined);
            this.routes.delete(address);
        } else {
            const hops = nodes.flatMap((node) => ["nexthop", "via", node]);
            await run("ip", ["route", "replace", address, ...hops]);
            this.routes.set(address, target);
        }
        console.log(`${address} leads to ${target || "nothing"}`);
    }
}

/** The address of each Service: the one that it has, or a free one. */
export function assignAddresses(services: readonly V1Service[]): Map<V1Service, string> {
    const taken = new Set(services.map(addressOf));
    const free = hostsOf(RANGES.loadBalancers);
    const assigned = new Map<V1Service, string>();
    for (const service of services) {
        let address = addressOf(service);
        while (address === undefined) {
            const candidate = free.next();
            if (candidate.done) {
                throw new Error(`all addresses of ${RANGES.loadBalancers} are taken`);
            }
            address = taken.has(candidate.value) ? undefined : candidate.value;
        }
        assigned.set(service, address);
    }
    return assigned;
}

function addressOf(service: V1Service): string | undefined {
    return service.status?.loadBalancer?.ingress?.[0]?.ip;
}
