import { schemeOf } from "../../components/eks/listeners";
import { areInternet, contains, overlaps, prefixLength } from "../../components/eks/cidr";
import { isRegionName, REGIONS } from "../../components/eks/regions";
import { EKS_VERSIONS } from "../../components/eks/versions";
import { replicationDefaults } from "../../components/kafka/replication";
import { compareVersions } from "../../components/kafka/versions";
import { eksDefaults } from "../eks";
import { type ConfigProblem, optionNear, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { capacityConflicts } from "./eksCapacity";
import { readWholeNumber } from "./replication";

/** What does not fit together on the AWS side, and between it and Kafka. */
export function eksConflicts(config: ParsedConfig): ConfigProblem[] {
    if (config.platform !== "eks") {
        return [];
    }
    return [
        ...regionConflicts(config.region),
        ...zoneConflicts(config),
        ...networkConflicts(config.eks),
        ...versionSkew(config),
        ...capacityConflicts(config),
        ...volumeConflicts(config.eks.volumes),
        ...loadBalancerConflicts(config),
        ...publicAddressConflicts(config),
        ...roleConflicts(config.eks),
        ...controllerConflicts(config.eks),
    ];
}

/** A list that has something twice. */
function repeated(key: string, what: string, values: readonly unknown[]): ConfigProblem[] {
    return new Set(values).size < values.length
        ? [{ key, expected: `each ${what} once`, given: show(values) }]
        : [];
}

function regionConflicts(region: string | undefined): ConfigProblem[] {
    if (region === undefined || isRegionName(region)) {
        return [];
    }
    return [
        {
            key: "aws:region",
            expected: "the name of one of AWS's regions",
            given: show(region),
            ...optionNear(region, REGIONS),
        },
    ];
}

function zoneConflicts(config: ParsedConfig): ConfigProblem[] {
    const { kafka, region } = config;
    if (region === undefined) {
        return [];
    }
    const { zones } = eksDefaults(config);
    const key = "eks.zones";
    if (zones.length === 0) {
        const expected = `the names of at least three zones; ${region} does not have a, b and c in every account`;
        return [{ key, expected, given: "nothing" }];
    }
    const problems: ConfigProblem[] = [];
    const elsewhere = zones.filter((zone) => zone.slice(0, -1) !== region);
    if (elsewhere.length > 0) {
        const expected = `zones of ${region}, the region in aws:region`;
        problems.push({ key, expected, given: show(elsewhere) });
    }
    problems.push(...repeated(key, "zone", zones));
    if (kafka.replicas !== undefined && kafka.config !== undefined) {
        const effective = { ...replicationDefaults(kafka.replicas, kafka.config), ...kafka.config };
        const factor = readWholeNumber(effective["default.replication.factor"]);
        if (factor > zones.length) {
            const expected = `at least ${factor} zones, one for each replica of a partition (default.replication.factor)`;
            problems.push({ key, expected, given: show(zones) });
        }
    }
    return problems;
}

/** EKS has one entry for each role. */
function roleConflicts({
    adminRoleArns = [],
    previewRoleArn,
}: ParsedConfig["eks"]): ConfigProblem[] {
    const problems = repeated(
        "eks.adminRoleArns",
        "role",
        adminRoleArns.filter((role) => role !== undefined),
    );
    if (previewRoleArn !== undefined && adminRoleArns.includes(previewRoleArn)) {
        const expected = "a role that is not in eks.adminRoleArns: previews change nothing";
        problems.push({ key: "eks.previewRoleArn", expected, given: show(previewRoleArn) });
    }
    return problems;
}

/** Blocks that a VPC may have, wherever it is. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Blocks that networks connected to it may have: carriers' shared addresses (RFC 6598), too. */
const CONNECTED_RANGES = [...PRIVATE_RANGES, "100.64.0.0/10"];

/** Blocks from which nobody comes by the internet. */
const RESERVED_RANGES = [
    ...CONNECTED_RANGES,
    "127.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

function networkConflicts(eks: ParsedConfig["eks"]): ConfigProblem[] {
    const { vpcCidr, serviceCidr, publicAccessCidrs, privateAccessCidrs = [], environment } = eks;
    const problems: ConfigProblem[] = [];
    const check = (key: string, cidr: string | undefined, from: number, to: number) => {
        if (cidr === undefined) {
            return;
        }
        const length = prefixLength(cidr);
        if (length < from || length > to) {
            const expected = `a block from /${from} to /${to}`;
            problems.push({ key, expected, given: show(cidr) });
        } else if (!PRIVATE_RANGES.some((range) => contains(range, cidr))) {
            const expected = `a block inside ${PRIVATE_RANGES.join(", ")}`;
            problems.push({ key, expected, given: show(cidr) });
        }
    };
    check("eks.vpcCidr", vpcCidr, 16, 20);
    check("eks.serviceCidr", serviceCidr, 12, 24);
    if (vpcCidr !== undefined && serviceCidr !== undefined && overlaps(vpcCidr, serviceCidr)) {
        const expected = `a block that does not overlap with eks.vpcCidr ${show(vpcCidr)}`;
        problems.push({ key: "eks.serviceCidr", expected, given: show(serviceCidr) });
    }
    const rightCidrs = (publicAccessCidrs ?? []).filter((cidr) => cidr !== undefined);
    if (environment === "prod" && areInternet(rightCidrs)) {
        problems.push({
            key: "eks.publicAccessCidrs",
            expected: "the blocks of your own networks in production, or [] for a private endpoint",
            given: show(rightCidrs),
        });
    }
    (publicAccessCidrs ?? []).forEach((cidr, index) => {
        if (cidr !== undefined && RESERVED_RANGES.some((range) => contains(range, cidr))) {
            const expected =
                "a block of the internet, which EKS asks for; those of connected networks are eks.privateAccessCidrs";
            problems.push({
                key: `eks.publicAccessCidrs[${index}]`,
                expected,
                given: show(cidr),
            });
        }
    });
    privateAccessCidrs.forEach((cidr, index) => {
        const key = `eks.privateAccessCidrs[${index}]`;
        if (cidr === undefined) {
            return;
        }
        if (!CONNECTED_RANGES.some((range) => contains(range, cidr))) {
            const expected = `a block inside ${CONNECTED_RANGES.join(", ")}; those of the internet are eks.publicAccessCidrs`;
            problems.push({ key, expected, given: show(cidr) });
        }
    });
    return [
        ...problems,
        ...repeated(
            "eks.privateAccessCidrs",
            "block",
            privateAccessCidrs.filter((cidr) => cidr !== undefined),
        ),
    ];
}

/** A chart of what the stack does not install. */
function controllerConflicts({
    installLoadBalancerController,
    loadBalancerControllerChart,
}: ParsedConfig["eks"]): ConfigProblem[] {
    if (installLoadBalancerController !== false || loadBalancerControllerChart === undefined) {
        return [];
    }
    const expected =
        "nothing with eks.installLoadBalancerController false: the controller is there already";
    const given = show(loadBalancerControllerChart);
    return [{ key: "eks.loadBalancerControllerChart", expected, given }];
}

/** Kubelets may be this many minor versions older than the control plane, and never newer. */
const MAX_SKEW = 3;

function versionSkew(config: ParsedConfig): ConfigProblem[] {
    const { kubernetesVersion, nodeKubernetesVersion } = eksDefaults(config);
    if (EKS_VERSIONS[kubernetesVersion] === undefined) {
        const expected = `one of ${Object.keys(EKS_VERSIONS).join(", ")}, which EKS has in standard support`;
        return [{ key: "kubernetesVersion", expected, given: show(kubernetesVersion) }];
    }
    const minor = (version: string) => Number(version.split(".")[1]);
    if (
        compareVersions(nodeKubernetesVersion, kubernetesVersion) > 0 ||
        minor(kubernetesVersion) - minor(nodeKubernetesVersion) > MAX_SKEW
    ) {
        const expected = `a version that is not newer than kubernetesVersion ${show(kubernetesVersion)} and at most ${MAX_SKEW} older`;
        return [{ key: "eks.nodeKubernetesVersion", expected, given: show(nodeKubernetesVersion) }];
    }
    return [];
}

/** MiB/s that gp3 gives for each operation per second. */
const THROUGHPUT_PER_IOPS = 0.25;

function volumeConflicts(volumes: ParsedConfig["eks"]["volumes"]): ConfigProblem[] {
    if (volumes === undefined || volumes.throughput <= volumes.iops * THROUGHPUT_PER_IOPS) {
        return [];
    }
    const expected = `at most ${Math.floor(volumes.iops * THROUGHPUT_PER_IOPS)}, a quarter of eks.volumes.iops`;
    return [{ key: "eks.volumes.throughput", expected, given: show(volumes.throughput) }];
}

/** The internet is not let in because nobody has thought of it. */
function publicAddressConflicts({ eks, listeners = [] }: ParsedConfig): ConfigProblem[] {
    // Where nobody knows the scheme, it may be the one that lets nobody in.
    const loadBalancers = { scheme: eks.loadBalancers?.scheme ?? "internal" };
    return listeners.flatMap((listener, index): ConfigProblem[] => {
        if (
            listener?.type !== "loadBalancer" ||
            listener.sourceRanges !== undefined ||
            schemeOf(listener, { loadBalancers }) === "internal"
        ) {
            return [];
        }
        const expected =
            'the CIDR blocks of the clients, for a load balancer with addresses of the internet; ["0.0.0.0/0"] lets everybody in';
        return [{ key: `listeners[${index}].sourceRanges`, expected, given: "nothing" }];
    });
}

const LAST_PORT = 65535;

/**
 * Listeners of a network load balancer. AWS does not raise this quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
const MOST_NLB_LISTENERS = 50;

function loadBalancerConflicts({ eks, listeners, kafka }: ParsedConfig): ConfigProblem[] {
    if (eks.loadBalancers?.layout !== "shared") {
        return [];
    }
    const highest = LAST_PORT - (kafka.replicas ?? 0);
    const shared = 'nothing with eks.loadBalancers.layout "shared"';
    // One for the bootstrap address.
    const mostBrokers = MOST_NLB_LISTENERS - 1;
    const tooMany: ConfigProblem[] =
        (kafka.replicas ?? 0) > mostBrokers &&
        listeners?.some((listener) => listener?.type === "loadBalancer")
            ? [
                  {
                      key: "eks.loadBalancers.layout",
                      expected: `"perBroker" with more than ${mostBrokers} brokers: AWS gives a load balancer ${MOST_NLB_LISTENERS} listeners at most`,
                      given: show("shared"),
                  },
              ]
            : [];
    const wrong = (listeners ?? []).flatMap((listener, index): ConfigProblem[] => {
        if (listener?.type !== "loadBalancer") {
            return [];
        }
        const { port = 0 } = listener;
        const ports = `a port of at most ${highest}: the brokers have the ports after it on the load balancer`;
        return [
            ["port", port > highest ? port : undefined, ports] as const,
            [
                "domain",
                listener.domain,
                `${shared}: all brokers have the name of the one load balancer`,
            ] as const,
            [
                "annotations",
                listener.annotations,
                `${shared}: the load balancer belongs to no Service`,
            ] as const,
        ]
            .filter(([, value]) => value !== undefined)
            .map(([field, value, expected]) => ({
                key: `listeners[${index}].${field}`,
                expected,
                given: show(value),
            }));
    });
    return [...tooMany, ...wrong];
}
