import type { JvmOptions } from "../components/kafka/jvmOptions";
import { nearest } from "./nearest";

/** Flags that stacks set. A JVM has hundreds, and each release others, so an unknown one is no mistake by itself. */
const COMMON_FLAGS = [
    "ActiveProcessorCount",
    "AlwaysPreTouch",
    "ConcGCThreads",
    "DisableExplicitGC",
    "ExplicitGCInvokesConcurrent",
    "G1HeapRegionSize",
    "G1HeapWastePercent",
    "G1MaxNewSizePercent",
    "G1MixedGCCountTarget",
    "G1NewSizePercent",
    "G1ReservePercent",
    "GCTimeRatio",
    "HeapDumpOnOutOfMemoryError",
    "HeapDumpPath",
    "InitiatingHeapOccupancyPercent",
    "MaxDirectMemorySize",
    "MaxGCPauseMillis",
    "MaxInlineLevel",
    "MaxMetaspaceSize",
    "MetaspaceSize",
    "NativeMemoryTracking",
    "ParallelGCThreads",
    "ParallelRefProcEnabled",
    "ReservedCodeCacheSize",
    "SoftMaxHeapSize",
    "UnlockDiagnosticVMOptions",
    "UnlockExperimentalVMOptions",
    "UseCompressedOops",
    "UseG1GC",
    "UseLargePages",
    "UseNUMA",
    "UseParallelGC",
    "UseSerialGC",
    "UseShenandoahGC",
    "UseStringDeduplication",
    "UseTransparentHugePages",
    "UseZGC",
    "ZGenerational",
];

/** Flags that look like a slip. Which flags there are, only the JVM of the image knows. */
export function jvmFlagWarnings(key: string, jvm: JvmOptions | undefined): string[] {
    return Object.keys(jvm?.["-XX"] ?? {}).flatMap((flag) => {
        const near = COMMON_FLAGS.includes(flag) ? undefined : nearest(flag, COMMON_FLAGS);
        return near === undefined
            ? []
            : [
                  `${key}.jvmOptions.-XX.${flag}: did you mean ${near}? ` +
                      "A JVM does not start with a flag that it does not have",
              ];
    });
}
