import type {
    KubernetesObject,
    V1ClusterRole,
    V1Namespace,
    V1PriorityClass,
    V1Service,
} from "@kubernetes/client-node";
import type { KafkaSpec } from "../../components/strimzi/kafkaSpec";
import type { HelmRelease } from "../render/helmReleases";
import type { RenderedStack } from "../render/renderStack";
import { fails, type Judgement, listOf, ok } from "./finding";
import { chartObjects, isOfRelease, ownerOf } from "./helm";
import { judgeKnown, type Known } from "./known";
import type { PodGroup } from "./podGroup";

/** Judges whether a namespace goes on existing. */
export function judgeTermination(
    name: string,
    namespace: Known<V1Namespace | undefined>,
): Judgement[] {
    const isLeaving =
        "value" in namespace &&
        (namespace.value?.metadata?.deletionTimestamp !== undefined ||
            namespace.value?.status?.phase === "Terminating");
    return isLeaving
        ? [
              fails("namespace", {
                  expected: `one that stays, or none`,
                  got: `${name}, which is being deleted`,
                  next: `wait until it is gone; kubectl describe namespace ${name} says what it waits for`,
              }),
          ]
        : [];
}

/** A node port that a stack asks for, and the Service that will have it. */
interface WantedPort {
    readonly port: number;
    /** Whether a Service that has it already is the stack's own. */
    readonly isOwn: (service: V1Service) => boolean;
}

/** Judges whether the node ports of a stack are free. */
export function judgeNodePorts(
    { objects, config }: Pick<RenderedStack, "objects" | "config">,
    services: Known<readonly V1Service[]>,
): Judgement[] {
    const wanted = objects.flatMap((object) => wantedPorts(object, config.namespace));
    if (wanted.length === 0) {
        return [];
    }
    return judgeKnown(services, "node ports", (all) => {
        const holders = new Map(
            all.flatMap((service) => portsOf(service).map((port) => [port, service] as const)),
        );
        const taken = wanted.flatMap(({ port, isOwn }) => {
            const holder = holders.get(port);
            return holder === undefined || isOwn(holder)
                ? []
                : [`${port} of ${holder.metadata?.namespace}/${holder.metadata?.name}`];
        });
        const ports = wanted.map(({ port }) => port);
        return taken.length === 0
            ? [ok("node ports", `${Math.min(...ports)} to ${Math.max(...ports)} are free`)]
            : [
                  fails("node ports", {
                      expected: "free ones",
                      got: listOf(taken),
                      next: "choose another basePort of the listener",
                  }),
              ];
    });
}

function wantedPorts(object: KubernetesObject, namespace: string): WantedPort[] {
    const isIn = (service: V1Service) => service.metadata?.namespace === namespace;
    if (object.kind === "Service") {
        const isOwn = (service: V1Service) =>
            isIn(service) && service.metadata?.name === object.metadata?.name;
        return portsOf(object as V1Service).map((port) => ({ port, isOwn }));
    }
    if (object.kind !== "Kafka") {
        return [];
    }
    // Strimzi makes a Service for each, and notes at it whose it is.
    const isOwn = (service: V1Service) =>
        isIn(service) && service.metadata?.labels?.["strimzi.io/cluster"] === object.metadata?.name;
    const { listeners } = (object as KubernetesObject & { spec: KafkaSpec }).spec.kafka;
    return listeners
        .flatMap(({ configuration }) => [
            configuration.bootstrap?.nodePort,
            ...(configuration.brokers ?? []).map(({ nodePort }) => nodePort),
        ])
        .flatMap((port) => (port === undefined ? [] : [{ port, isOwn }]));
}

/** The node ports of a Service, with the one for checks of its health. */
function portsOf({ spec }: V1Service): number[] {
    const ports = (spec?.ports ?? []).map(({ nodePort }) => nodePort);
    return [...ports, spec?.healthCheckNodePort].filter(
        (port) => port !== undefined && port > 0,
    ) as number[];
}

/** Judges whether Helm may have the cluster-wide names of the stack's charts. */
export function judgeClusterRoles(
    releases: readonly HelmRelease[],
    roles: Known<readonly V1ClusterRole[]>,
): Judgement[] {
    if (releases.length === 0) {
        return [];
    }
    return judgeKnown(roles, "ClusterRoles", (all) =>
        releases.map((release) => {
            const { isClusterRole } = chartObjects(release);
            const foreign = all.filter(
                ({ metadata }) =>
                    isClusterRole(metadata?.name ?? "") && !isOfRelease(metadata, release),
            );
            const key = `ClusterRoles of ${release.name}`;
            const [first] = foreign;
            return first === undefined
                ? ok(key, "no other's have their names")
                : fails(key, {
                      expected: `none but those of Helm release ${release.name} in ${release.namespace}`,
                      got: `${listOf(foreign.map(({ metadata }) => metadata!.name!))} (${ownerOf(first.metadata)})`,
                      next: "take what is there: set strimzi.installOperator or certificates.installCertManager to false",
                  });
        }),
    );
}

/** Judges whether the priority classes are there that pods name. */
export function judgePriorities(
    groups: readonly PodGroup[],
    classes: Known<readonly V1PriorityClass[]>,
): Judgement[] {
    const wanted = new Map(
        groups.flatMap(({ key, spec }) =>
            spec.priorityClassName === undefined
                ? []
                : [
                      [
                          `${key?.replace(/\.resources$/, "")}.priorityClassName`,
                          spec.priorityClassName,
                      ],
                  ],
        ),
    );
    return [...wanted].flatMap(([key, name]) =>
        judgeKnown(classes, key, (all) => {
            const names = all.map(({ metadata }) => metadata?.name ?? "");
            return names.includes(name)
                ? [ok(key, name)]
                : [
                      fails(key, {
                          expected: `a PriorityClass ${name}`,
                          got: listOf(names),
                          next: `make it, or set ${key} to one that is there`,
                      }),
                  ];
        }),
    );
}
