import assert from "node:assert/strict";
import { NODES } from "../../../lab/cluster/addresses";
import { type Answer, HealthChecks } from "../../../lab/cluster/controller/healthChecks";
import { type V1PersistentVolumeClaim, type V1Service } from "@kubernetes/client-node";
import { assignAddresses } from "../../../lab/cluster/controller/loadBalancers";
import { isToGrow } from "../../../lab/cluster/controller/volumes";

function service(ip?: string): V1Service {
    return ip ? { status: { loadBalancer: { ingress: [{ ip }] } } } : {};
}

function claim(phase: string, requested: string, capacity: string): V1PersistentVolumeClaim {
    return {
        spec: { resources: { requests: { storage: requested } } },
        status: { phase, capacity: { storage: capacity } },
    };
}

describe("the lab's controller", () => {
    it("gives each load balancer an address of its own and leaves those that have one", () => {
        const services = [service(), service("10.254.1.1"), service(), service("10.254.1.3")];
        assert.deepEqual(
            [...assignAddresses(services).values()],
            ["10.254.1.2", "10.254.1.1", "10.254.1.4", "10.254.1.3"],
        );
    });

    it("says so when there is no address left", () => {
        const services = Array.from({ length: 255 }, () => service());
        assert.throws(() => assignAddresses(services), /all addresses of 10\.254\.1\.0\/24/);
    });

    it("grows a bound claim that asks for more than it has", () => {
        assert.ok(isToGrow(claim("Bound", "20Gi", "10Gi")));
        assert.ok(!isToGrow(claim("Bound", "10Gi", "10Gi")));
        assert.ok(!isToGrow(claim("Pending", "20Gi", "10Gi")));
    });
});

describe("health checks of the lab's load balancers", () => {
    /** The nodes that are healthy after each look at them, of which the first answers as told. */
    async function looks(...answers: Answer[]): Promise<number[]> {
        const [first] = NODES;
        const left = [...answers];
        const checks = new HealthChecks((address) =>
            Promise.resolve(address === first!.address ? left.shift() : true),
        );
        const counts: number[] = [];
        while (left.length > 0) {
            counts.push((await checks.healthyNodes(10256)).length);
        }
        return counts;
    }

    it("keep a node that does not answer twice, and give it up at the third time", async () => {
        const late = undefined;
        assert.deepEqual(await looks(true, late, late, true, late), [3, 3, 3, 3, 3]);
        assert.deepEqual(await looks(true, late, late, late, late, true), [3, 3, 3, 2, 2, 3]);
    });

    it("give a node up at once that says no, and don't begin with one that never answered", async () => {
        assert.deepEqual(await looks(true, false, undefined, true), [3, 2, 2, 3]);
        assert.deepEqual(await looks(undefined, true), [2, 3]);
    });
});
