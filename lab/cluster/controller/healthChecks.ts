import { NODES } from "../addresses";

/** How a node answered a look at one of its ports; `undefined` for not at all. */
export type Answer = boolean | undefined;

const TIMEOUT_MS = 1_000;
/** As many looks in a row without an answer as load balancers of clouds wait for before they give a node up. */
const MISSES = 3;

/** Which nodes are healthy at a port, by answers that may be late on a busy machine. */
export class HealthChecks {
    private readonly misses = new Map<string, number>();

    public constructor(
        private readonly ask: (address: string, port: number) => Promise<Answer> = request,
    ) {}

    /** Looks at all nodes once. One that says no, or has never answered, is unhealthy at once. */
    public async healthyNodes(port: number): Promise<string[]> {
        const healthy = await Promise.all(
            NODES.map(async ({ address }) => {
                const node = `${address}:${port}`;
                const answer = await this.ask(address, port);
                const misses =
                    answer === undefined
                        ? (this.misses.get(node) ?? MISSES) + 1
                        : answer
                          ? 0
                          : MISSES;
                this.misses.set(node, misses);
                return misses < MISSES ? [address] : [];
            }),
        );
        return healthy.flat();
    }
}

async function request(address: string, port: number): Promise<Answer> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`http://${address}:${port}/healthz`, { signal }).catch(
        () => undefined,
    );
    await response?.body?.cancel();
    return response?.ok;
}
