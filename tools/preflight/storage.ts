import type { V1CSIDriver, V1PersistentVolumeClaim, V1StorageClass } from "@kubernetes/client-node";
import { DATA_VOLUME, KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import { quantityOf } from "./amounts";
import { fails, type Judgement, listOf, ok, warning } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";
import type { PlannedClaim } from "./plannedPods";

/** What is known of a cluster's storage. */
export interface StorageFacts {
    readonly classes: Known<readonly V1StorageClass[]>;
    readonly drivers: Known<readonly V1CSIDriver[]>;
    /** Claims of the stack's namespace. */
    readonly claims: Known<readonly V1PersistentVolumeClaim[]>;
}

/** Marks the class of claims that name none. */
const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** Provisioner of classes that make no volumes. */
const NO_PROVISIONER = "kubernetes.io/no-provisioner";

/** Judges whether the claims of a stack get volumes, and whether these can grow. Claims that have one are only compared. */
export function judgeStorage(planned: readonly PlannedClaim[], facts: StorageFacts): Judgement[] {
    const present = new Map(
        valueOr(facts.claims, []).map((claim) => [claim.metadata?.name, claim]),
    );
    const missing = planned.filter(({ name }) => !present.get(name)?.spec?.volumeName);
    const compared = comparisons(planned, present);
    if (missing.length === 0) {
        return [ok("claims", `all ${planned.length} are there with their volumes`), ...compared];
    }
    const judged = judgeKnown(facts.classes, "storage classes", (classes) =>
        keysByClass(missing).flatMap(([name, keys]) =>
            keys.flatMap((key) => judgeClass(`${key}.storageClass`, name, classes, facts.drivers)),
        ),
    );
    return [...judged, ...compared];
}

/** Keys of the configuration that choose a class, each once. */
function keysByClass(claims: readonly PlannedClaim[]): (readonly [string | undefined, string[]])[] {
    const classes = [...new Set(claims.map(({ storageClass }) => storageClass))];
    return classes.map((name) => [
        name,
        [
            ...new Set(
                claims.filter(({ storageClass }) => storageClass === name).map(({ key }) => key),
            ),
        ],
    ]);
}

function judgeClass(
    key: string,
    name: string | undefined,
    classes: readonly V1StorageClass[],
    drivers: StorageFacts["drivers"],
): Judgement[] {
    const names = classes.map(({ metadata }) => metadata?.name ?? "");
    const got = names.length === 0 ? "none" : listOf(names);
    if (name !== undefined) {
        const named = classes.find(({ metadata }) => metadata?.name === name);
        return named === undefined
            ? [
                  fails(key, {
                      expected: `a StorageClass ${name}`,
                      got,
                      next: `set ${key} to one that is there`,
                  }),
              ]
            : judgeUse(key, named, drivers);
    }
    const defaults = classes
        .filter(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS] === "true")
        // Of several the newest is taken, and of those that are equally old the first by name.
        .toSorted(
            (a, b) => madeAt(b) - madeAt(a) || (a.metadata!.name! < b.metadata!.name! ? -1 : 1),
        );
    const [first, ...others] = defaults;
    if (first === undefined) {
        return [
            fails(key, {
                expected: "a default StorageClass, since none is configured",
                got: `${got}, none of them the default`,
                next: `set ${key}, or mark one as the default`,
            }),
        ];
    }
    const several =
        others.length === 0
            ? []
            : [
                  warning(key, {
                      expected: "one default StorageClass",
                      got: `${defaults.length}: ${listOf(defaults.map(({ metadata }) => metadata!.name!))}`,
                      next: `set ${key}, so that it stays the same class`,
                  }),
              ];
    return [...judgeUse(key, first, drivers), ...several];
}

function madeAt({ metadata }: V1StorageClass): number {
    return new Date(metadata?.creationTimestamp ?? 0).getTime();
}

/** Judges what a class means for volumes that hold data. */
function judgeUse(
    key: string,
    found: V1StorageClass,
    drivers: StorageFacts["drivers"],
): Judgement[] {
    const { metadata, provisioner, allowVolumeExpansion, reclaimPolicy = "Delete" } = found;
    const name = metadata!.name!;
    const binding = found.volumeBindingMode ?? "Immediate";
    const troubles = [
        ...judgeProvisioner(key, name, provisioner, drivers),
        ...(allowVolumeExpansion === true
            ? []
            : [
                  warning(key, {
                      expected: "a StorageClass whose volumes can grow",
                      got: `${name} without allowVolumeExpansion: storage.size can't be raised later`,
                      next: `kubectl patch storageclass ${name} -p '{"allowVolumeExpansion":true}', if its driver can; else choose another one`,
                  }),
              ]),
        ...(binding === "WaitForFirstConsumer"
            ? []
            : [
                  warning(key, {
                      expected: "a StorageClass that waits for the pod (WaitForFirstConsumer)",
                      got: `${name} with ${binding}: a volume may come to be where its pod can't run`,
                      next: "choose another class, unless its volumes can be had on every node",
                  }),
              ]),
    ];
    return troubles.length > 0
        ? troubles
        : [ok(key, `${name} (${provisioner}, ${binding}, can grow, ${reclaimPolicy})`)];
}

function judgeProvisioner(
    key: string,
    name: string,
    provisioner: string,
    drivers: StorageFacts["drivers"],
): Judgement[] {
    if (provisioner === NO_PROVISIONER) {
        return [
            warning(key, {
                expected: "a StorageClass that makes volumes",
                got: `${name}, whose volumes somebody has to make by hand`,
                next: "make a PersistentVolume for each claim: kubectl get persistentvolumes",
            }),
        ];
    }
    // Those that are part of Kubernetes, and those of a Deployment, are no drivers of CSI.
    const looksLikeCsi = /(^|[.-])csi([.-]|$)/.test(provisioner);
    const known = valueOr(drivers, undefined)?.map(({ metadata }) => metadata?.name ?? "");
    return !looksLikeCsi || known === undefined || known.includes(provisioner)
        ? []
        : [
              fails(key, {
                  expected: `the CSI driver ${provisioner}, which makes the volumes of ${name}`,
                  got: known.length === 0 ? "no driver" : listOf(known),
                  next: `install ${provisioner}, or set ${key} to another class`,
              }),
          ];
}

/** Claims of StatefulSets: without a volume `up` makes them anew, as they are wanted. Strimzi's operator leaves them. */
const MADE_ANEW = new RegExp(`^${DATA_VOLUME}-(${KAFKA}|${ZOOKEEPER})-\\d+$`);

/** Judges claims that are there against what the stack asks for: neither class nor a smaller size can be had. */
function comparisons(
    planned: readonly PlannedClaim[],
    present: ReadonlyMap<string | undefined, V1PersistentVolumeClaim>,
): Judgement[] {
    return planned.flatMap(({ name, key, size, storageClass }) => {
        const spec = present.get(name)?.spec;
        if (!spec || (!spec.volumeName && MADE_ANEW.test(name))) {
            return [];
        }
        const found = spec.resources?.requests?.["storage"] ?? "0";
        return [
            ...(storageClass === undefined || storageClass === spec.storageClassName
                ? []
                : [
                      fails(`${key}.storageClass`, {
                          expected: `${spec.storageClassName ?? "none"}, which claim ${name} has`,
                          got: storageClass,
                          next: "set it back: the class of a claim can't change",
                      }),
                  ]),
            ...(quantityOf(found) <= quantityOf(size)
                ? []
                : [
                      fails(`${key}.size`, {
                          expected: `at least ${found}, which claim ${name} has`,
                          got: size,
                          next: "set it back: a volume can't shrink",
                      }),
                  ]),
        ];
    });
}
