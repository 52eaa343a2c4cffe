import { allocatable } from "../../components/eks/instanceTypes";
import type { Spread } from "../../components/kubernetes/pods";
import { parseQuantity } from "../../components/kubernetes/quantity";
import { eksDefaults } from "../eks";
import { type ConfigProblem, show } from "../problems";
import { applyResourceDefaults, DEFAULT_REQUESTS } from "../resources";
import { CONTROLLERS, type ParsedConfig } from "../schema";
import { areResourcesWrong } from "./resources";

/** Servers of one kind. */
interface Servers {
    readonly what: string;
    readonly count: number;
    readonly spread: Spread | undefined;
    readonly cpu: number;
    /** Bytes. */
    readonly memory: number;
}

/** What is read of the configuration of one kind. */
type Parts = Partial<Pick<ParsedConfig["kafka"], "replicas" | "resources" | "spread">>;

/** Volumes that an instance can attach beside its own disk and its network interfaces, with room to spare. */
const MAX_VOLUMES = 20;

const GIB = 2 ** 30;

/** Brokers and members of the quorum that don't fit on the nodes of their zone. */
export function capacityConflicts(config: ParsedConfig): ConfigProblem[] {
    const { brokerNodes, zones } = eksDefaults(config);
    if (zones.length === 0) {
        return [];
    }
    const nodes = brokerNodes.perZone;
    const perZone = ({ count }: Servers) => Math.ceil(count / zones.length);
    const all = serversOf(config);
    const crowded = all.filter((each) => each.spread !== "preferred" && perZone(each) > nodes);
    if (crowded.length > 0) {
        return crowded.map((each) => ({
            key: "eks.brokerNodes.perZone",
            expected: `at least ${perZone(each)}: a zone may get ${perZone(each)} of the ${each.what}, each on a host of its own`,
            given: show(nodes),
        }));
    }
    const onOneNode = (amount: (servers: Servers) => number) =>
        all.reduce((sum, each) => sum + Math.ceil(perZone(each) / nodes) * amount(each), 0);
    const free = allocatable(brokerNodes.instanceType);
    const what = all.map((each) => each.what).join(" and ");
    const tooMuch = (needed: string, left: string): ConfigProblem => ({
        key: "eks.brokerNodes.instanceType",
        expected: `a type with ${needed} for the ${what} on one node; this one has about ${left} left`,
        given: show(brokerNodes.instanceType),
    });
    const memory = onOneNode((each) => each.memory);
    const cpu = onOneNode((each) => each.cpu);
    const volumes = onOneNode(() => 1);
    return [
        ...(memory > free.memory
            ? [tooMuch(`${(memory / GIB).toFixed(1)} GiB`, `${(free.memory / GIB).toFixed(1)} GiB`)]
            : []),
        ...(cpu > free.cpu
            ? [tooMuch(`${cpu.toFixed(2)} cores`, `${free.cpu.toFixed(2)} cores`)]
            : []),
        ...(volumes > MAX_VOLUMES
            ? [
                  {
                      key: "eks.brokerNodes.perZone",
                      expected: `more nodes: ${volumes} volumes on one are more than the ${MAX_VOLUMES} that an instance is given here`,
                      given: show(nodes),
                  },
              ]
            : []),
    ];
}

/** What is kept to the broker nodes, as far as it could be read. */
function serversOf(config: ParsedConfig): Servers[] {
    const { kafka, zookeeper, strimzi } = config;
    const of = (
        key: Parameters<typeof areResourcesWrong>[0],
        what: string,
        { replicas, resources, spread }: Parts,
        defaults: { readonly cpu: string; readonly memory: string },
    ): Servers[] => {
        if (replicas === undefined || resources === undefined || areResourcesWrong(key, config)) {
            return [];
        }
        const { requests } = applyResourceDefaults(resources, defaults);
        return [
            {
                what,
                count: replicas,
                spread,
                cpu: parseQuantity(requests.cpu)!,
                memory: parseQuantity(requests.memory)!,
            },
        ];
    };
    const brokers = of("kafka", "brokers", kafka, DEFAULT_REQUESTS.brokers);
    if (config.kafkaDeploymentType === "statefulset") {
        const members = of("zookeeper", "ZooKeeper members", zookeeper, DEFAULT_REQUESTS.zookeeper);
        return [...brokers, ...members];
    }
    const controllers = strimzi.controllers ?? CONTROLLERS.parse({});
    return strimzi.dualRole === true
        ? brokers
        : [
              ...brokers,
              ...of(
                  "strimzi.controllers",
                  "controllers",
                  controllers,
                  DEFAULT_REQUESTS.controllers,
              ),
          ];
}
