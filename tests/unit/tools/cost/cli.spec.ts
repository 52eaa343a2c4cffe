import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../../../tools/cli/errors";
import { ConfigError } from "../../../../config";
import { StackFileError } from "../../../../tools/cli/stackFile";
import { parseCostOptions } from "../../../../tools/cost/options";
import { runCost } from "../../../../tools/cost/run";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { DEV_EKS } from "./stacks";

/** A day on which only the prices of instances are old. */
const NOW = new Date("2026-11-30");

const DEV = ["--stack", "dev", "--config", `eks=${JSON.stringify(DEV_EKS)}`];

function run(...args: string[]): string {
    const request = parseCostOptions(args);
    assert.ok(request.action === "estimate");
    return runCost(request, REPOSITORY, NOW);
}

const REPORT = `Stack dev in us-east-1: $365.46 a month, and $175.20 more for traffic at 1 MB/s
Warning: prices older than 6 months: instances (2026-01-19). Compare them with AWS's pages
Warning: a broker's volume of 20 GB is full in 6 hours at 1 MB/s, and messages are kept for 7 days. Next: raise kafka.storage.size, or lower log.retention.hours

┌───────────────────────────────────────────┬───────────────────┬───────────────┬─────────────┐
│ what                                      │          how much │         price │ USD a month │
│ EKS cluster                               │                 1 │    0.1 / hour │      73.00  │
│ KMS key of the secrets                    │                 1 │     1 / month │       1.00  │
│ nodes of the brokers                      │     3 × m7g.large │ 0.0816 / hour │     178.70  │
│ nodes of the system                       │    2 × t4g.medium │ 0.0336 / hour │      49.06  │
│ disks of the nodes                        │     5 × 50 GB gp3 │     0.08 / GB │      20.00  │
│ Kafka volumes                             │     3 × 20 GB gp3 │     0.08 / GB │       4.80  │
│ controller volumes                        │     3 × 10 GB gp3 │     0.08 / GB │       2.40  │
│ NAT gateways                              │                 1 │  0.045 / hour │      32.85  │
│ public IPv4 addresses of the NAT gateways │                 1 │  0.005 / hour │       3.65* │
│ TOTAL WITHOUT TRAFFIC                     │                   │               │     365.46* │
│ replication between zones                 │ 5256 GB × 2 sides │     0.01 / GB │     105.12  │
│ producers in other zones                  │ 1752 GB × 2 sides │     0.01 / GB │      35.04  │
│ consumers in other zones                  │ 1752 GB × 2 sides │     0.01 / GB │      35.04  │
│ TOTAL                                     │                   │               │     540.66* │
└───────────────────────────────────────────┴───────────────────┴───────────────┴─────────────┘

┌───────────────────────┬──────────────┬────────────────────┬─────────────────────┬───────────────────────┬─────────────────────────┐
│ USD a month           │   this stack │       MSK Standard │        MSK Standard │           MSK Express │          MSK Serverless │
│                       │ in us-east-1 │ 3 × kafka.t3.small │ 3 × kafka.m7g.large │ 3 × express.m7g.large │ 50 partitions (assumed) │
│ control plane         │       74.00  │                 -  │                  -  │                    -  │                      -  │
│ nodes                 │      247.76  │             99.86* │             446.76* │               893.52* │                 602.25* │
│ storage               │        7.20  │              6.00  │               6.00  │                 2.00* │                   2.00* │
│ network               │       36.50* │                 -  │                  -  │                    -  │                      -  │
│ logs                  │           -  │                 -  │                  -  │                    -  │                      -  │
│ TOTAL WITHOUT TRAFFIC │      365.46* │            105.86* │             452.76* │               895.52* │                 604.25* │
│ traffic               │      175.20  │             70.08  │              70.08  │                96.36* │                 464.28* │
│ TOTAL                 │      540.66* │            175.94* │             522.84* │               991.88* │               1,068.53* │
└───────────────────────┴──────────────┴────────────────────┴─────────────────────┴───────────────────────┴─────────────────────────┘

* has a price in it that is not from AWS's own list: compare it with AWS's page before you decide
- Prices: AWS's list for us-east-1, instances as of 2026-01-19, the rest as read on 2026-11-25; on demand, 730 hours, without taxes and discounts.
- Disks: they carry 78.75 MB/s produced, by the tables of volumes and instances. What the network and the processors carry is not judged. Counted is log.retention.*, by time.
- Traffic: 1 MB/s produced all month long are 2628 GB. Of 3 replicas, 2 are in other zones than the leader; clients are spread evenly over 3 zones, and every message is read once.
- Clients are in the VPC and connect to the pods. Not counted, for each GB: through a load balancer $0.006, to the internet $0.09, through a NAT gateway $0.045 (images, for example).
- MSK: a broker for each of yours, as many in each zone, of the smallest size with the vCPUs and the memory of your nodes; AWS does not charge for replication. Whether any of them carries the traffic is not judged.
- MSK's kafka.t3.small is for development: 2 GiB of memory, and a share of its two vCPUs.
- MSK Standard has volumes of the same size. Express and Serverless bill one copy of what is stored: here the size of all volumes, divided by 3 replicas.
`;

describe("npm run cost", () => {
    it("needs a stack, and takes 1 MB/s", () =>
        assert.deepEqual(parseCostOptions(["--stack", "prod"]), {
            action: "estimate",
            stack: "prod",
            throughput: 1,
            reads: 1,
            config: {},
            json: false,
        }));

    it("takes every option", () =>
        assert.deepEqual(
            parseCostOptions([...DEV, "--throughput", "2.5", "--reads", "3", "--json"]),
            {
                action: "estimate",
                stack: "dev",
                throughput: 2.5,
                reads: 3,
                config: { "kafka-eks:eks": JSON.stringify(DEV_EKS) },
                json: true,
            },
        ));

    for (const [what, args] of [
        ["a missing stack", []],
        ["a throughput that is no number", ["--stack", "prod", "--throughput", "much"]],
        ["reads that are no number", ["--stack", "prod", "--reads", "often"]],
        ["reads beyond measure", ["--stack", "prod", "--reads", "9".repeat(400)]],
        ["a little more than a million", ["--stack", "prod", "--throughput", "1000000.1"]],
        ["a throughput below zero", ["--stack", "prod", "--throughput=-1"]],
        ["a configuration without a value", ["--stack", "prod", "--config", "namespace"]],
        ["an unknown option", ["--stack", "prod", "--typo"]],
        ["an argument", ["prod"]],
    ] as const) {
        it(`refuses ${what}`, () => assert.throws(() => parseCostOptions(args), UsageError));
    }

    it("has help with every exit code", () => {
        const request = parseCostOptions(["--help"]);
        assert.ok(request.action === "help");
        assert.match(
            request.text,
            /--throughput <MB\/s>[\s\S]*\n {2}0 {2}.*\n {2}1 {2}.*\n {2}2 {2}/,
        );
    });

    it("prints the bill, Amazon MSK next to it, and what the numbers rest on", () =>
        assert.equal(run(...DEV), REPORT));

    it("prints what the documentation shows", () => {
        const page = readFileSync(join(REPOSITORY, "docs/cost.md"), "utf8");
        assert.ok(page.includes(run(...DEV)));
        assert.ok(page.includes(run("--stack", "prod")));
    });

    it("puts no other region's name over its prices", () => {
        const report = run(...DEV, "--config", "aws:region=eu-central-1");
        assert.match(report, /^Stack dev at us-east-1's prices: /);
        assert.match(report, /│ at us-east-1's prices │/);
        assert.match(
            report,
            /^Warning: no prices are known for eu-central-1: all amounts are those of us-east-1, /m,
        );
        assert.doesNotMatch(report, /in eu-central-1/);
    });

    it("says what it assumes of logs, of other storage classes and of consumers nearby", () => {
        assert.match(
            run("--stack", "prod"),
            /^- Logs: 10 GB of the control plane and 10 GB of the network/m,
        );
        const kafka = {
            storage: { size: "50Gi", storageClass: "fast" },
            config: {
                "replica.selector.class":
                    "org.apache.kafka.common.replica.RackAwareReplicaSelector",
            },
        };
        const report = run(...DEV, "--config", `kafka=${JSON.stringify(kafka)}`);
        assert.match(report, /^- Volumes of the storage class fast are counted as plain gp3/m);
        assert.match(report, /│ +3 × 50 GB fast │/);
        assert.match(report, /read once, from a replica in the reader's zone \(client\.rack\)\.$/m);
        assert.match(report, /consumers in other zones +│ +0 GB × 2 sides │ .* 0\.00 /);
        assert.doesNotMatch(run(...DEV), /Logs:|storage class|reader's zone/);
    });

    it("prints one JSON document", () => {
        const text = run(...DEV, "--json", "--throughput", "0.3");
        assert.equal(text.trim().split("\n").length, 1);
        const { items, alternatives, prices, assumptions, warnings, ...rest } = JSON.parse(
            text,
        ) as {
            items: object[];
            alternatives: Record<string, unknown>[];
            prices: { sources: object };
            assumptions: string[];
            warnings: string[];
        };
        assert.deepEqual(rest, {
            stack: "dev",
            region: "us-east-1",
            throughput: 0.3,
            reads: 1,
            capacity: {
                perBroker: 0.3,
                carried: 78.75,
                limitedBy: "node",
                retentionDays: 7,
                daysUntilFull: (20 * 2 ** 30) / (0.3 * 1e6) / 86_400,
            },
            usd: 418.02,
            usdWithoutTraffic: 365.46,
        });
        assert.deepEqual(items[8], {
            group: "network",
            what: "public IPv4 addresses of the NAT gateways",
            amount: "1",
            quantity: 1,
            price: { usd: 0.005, per: "hour", source: "publicIpv4" },
            usd: 3.65,
            firstHand: false,
        });
        assert.deepEqual(items[9], {
            group: "traffic",
            what: "replication between zones",
            amount: "1576.8 GB × 2 sides",
            quantity: 3153.6,
            price: { usd: 0.01, per: "GB", source: "priceList" },
            usd: 31.54,
            firstHand: true,
        });
        assert.deepEqual(
            alternatives.map(({ items: each, ...more }) => ({
                ...more,
                count: (each as []).length,
            })),
            [
                {
                    name: "MSK Standard",
                    of: "3 × kafka.t3.small",
                    usd: 126.88,
                    usdWithoutTraffic: 105.86,
                    count: 4,
                },
                {
                    name: "MSK Standard",
                    of: "3 × kafka.m7g.large",
                    usd: 473.78,
                    usdWithoutTraffic: 452.76,
                    count: 4,
                },
                {
                    name: "MSK Express",
                    of: "3 × express.m7g.large",
                    usd: 924.42,
                    usdWithoutTraffic: 895.52,
                    count: 5,
                },
                {
                    name: "MSK Serverless",
                    of: "50 partitions (assumed)",
                    usd: 743.53,
                    usdWithoutTraffic: 604.25,
                    count: 7,
                },
            ],
        );
        const { sources, ...list } = prices;
        assert.deepEqual(list, { region: "us-east-1", month: "2026-01", hoursPerMonth: 730 });
        assert.deepEqual(Object.keys(sources), [
            "ec2",
            "priceList",
            "publicIpv4",
            "mskThirdParty",
            "mskLinear",
        ]);
        assert.equal(assumptions.length, 7);
        assert.equal(warnings.length, 2);
    });

    for (const stack of ["local", "kind"]) {
        it(`refuses the stack ${stack}, on a cluster that is there already`, () =>
            assert.throws(
                () => run("--stack", stack),
                (error) =>
                    error instanceof UsageError &&
                    error.message.startsWith(`stack ${stack} is on a cluster`) &&
                    /expected platform "eks", got "kubeconfig"/.test(error.message),
            ));
    }

    it("refuses a stack that does not exist", () =>
        assert.throws(
            () => run("--stack", "typo"),
            (error) => error instanceof UsageError && /Pulumi\.typo\.yaml/.test(error.message),
        ));

    it("refuses a name that leads elsewhere", () =>
        assert.throws(() => run("--stack", "../dev"), StackFileError));

    it("shows every problem of a configuration", () =>
        assert.throws(
            () => run("--stack", "prod", "--config", "namespace=No", "--config", "protect=maybe"),
            (error) => error instanceof ConfigError && error.problems.length === 2,
        ));
});
