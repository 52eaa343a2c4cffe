// What a cloud does outside of a cluster, in a process of the machine: load balancers get an
// address and lead to the nodes that are healthy; volumes grow.
import { setTimeout as sleep } from "node:timers/promises";
import { coreApi } from "./cluster";
import { growVolumes } from "./controller/volumes";
import { LoadBalancers } from "./controller/loadBalancers";

const INTERVAL = 1000;

async function main(): Promise<never> {
    const api = coreApi();
    const loadBalancers = new LoadBalancers(api);
    for (;;) {
        for (const step of [() => loadBalancers.reconcile(), () => growVolumes(api)]) {
            try {
                await step();
            } catch (error) {
                // The API server may just be starting. The next round tries again.
                console.error(error instanceof Error ? error.message : error);
            }
        }
        await sleep(INTERVAL);
    }
}

void main();
