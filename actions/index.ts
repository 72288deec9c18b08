// Written by actions/generate-index.mjs. Do not edit.
import apiOperation from './api/operation.ts';
import arrayAdd from './array/add.ts';
import arrayAt from './array/at.ts';
import arrayAverage from './array/average.ts';
import arrayChunk from './array/chunk.ts';
import arrayConcatenate from './array/concatenate.ts';
import arrayCount from './array/count.ts';
import arrayCountBy from './array/count-by.ts';
import arrayDeDuplicate from './array/de-duplicate.ts';
import arrayDelete from './array/delete.ts';
import arrayDeleteAt from './array/delete-at.ts';
import arrayDrop from './array/drop.ts';
import arrayDropEvery from './array/drop-every.ts';
import arrayDuplicate from './array/duplicate.ts';
import arrayFindDuplicates from './array/find-duplicates.ts';
import arrayFirst from './array/first.ts';
import arrayFlatten from './array/flatten.ts';
import arrayGroupBy from './array/group-by.ts';
import arrayIndexBy from './array/index-by.ts';
import arrayInsertAt from './array/insert-at.ts';
import arrayIntersection from './array/intersection.ts';
import arrayIntersperse from './array/intersperse.ts';
import arrayIsEmpty from './array/is-empty.ts';
import arrayIsMember from './array/is-member.ts';
import arrayJoin from './array/join.ts';
import arrayLast from './array/last.ts';
import arrayMaximum from './array/maximum.ts';
import arrayMinimum from './array/minimum.ts';
import arrayMinimumMaximum from './array/minimum-maximum.ts';
import arrayNotIn from './array/not-in.ts';
import arrayPartition from './array/partition.ts';
import arrayPluck from './array/pluck.ts';
import arrayRandom from './array/random.ts';
import arrayRange from './array/range.ts';
import arrayReplaceAt from './array/replace-at.ts';
import arrayReverse from './array/reverse.ts';
import arrayReverseSlice from './array/reverse-slice.ts';
import arrayShuffle from './array/shuffle.ts';
import arraySlice from './array/slice.ts';
import arraySlidingWindow from './array/sliding-window.ts';
import arraySort from './array/sort.ts';
import arraySortBy from './array/sort-by.ts';
import arraySortByPath from './array/sort-by-path.ts';
import arraySplit from './array/split.ts';
import arrayStartsWith from './array/starts-with.ts';
import arraySum from './array/sum.ts';
import arraySumBy from './array/sum-by.ts';
import arrayTake from './array/take.ts';
import arrayTakeEvery from './array/take-every.ts';
import arrayTakeRandom from './array/take-random.ts';
import arrayToInteger from './array/to-integer.ts';
import arrayToObject from './array/to-object.ts';
import arrayToString from './array/to-string.ts';
import arrayTrim from './array/trim.ts';
import arrayUnion from './array/union.ts';
import arrayUnique from './array/unique.ts';
import arrayUniqueBy from './array/unique-by.ts';
import arrayWrap from './array/wrap.ts';
import arrayZip from './array/zip.ts';
import compressionBrotliCompress from './compression/brotli-compress.ts';
import compressionBrotliDecompress from './compression/brotli-decompress.ts';
import compressionDeflate from './compression/deflate.ts';
import compressionGunzip from './compression/gunzip.ts';
import compressionGzip from './compression/gzip.ts';
import compressionInflate from './compression/inflate.ts';
import compressionUnzip from './compression/unzip.ts';
import compressionZip from './compression/zip.ts';
import conditionIsArray from './condition/is-array.ts';
import conditionIsBoolean from './condition/is-boolean.ts';
import conditionIsEqualTo from './condition/is-equal-to.ts';
import conditionIsFloat from './condition/is-float.ts';
import conditionIsInteger from './condition/is-integer.ts';
import conditionIsLargerThan from './condition/is-larger-than.ts';
import conditionIsLargerThanOrEqualTo from './condition/is-larger-than-or-equal-to.ts';
import conditionIsLessThan from './condition/is-less-than.ts';
import conditionIsLessThanOrEqualTo from './condition/is-less-than-or-equal-to.ts';
import conditionIsNonEmptyList from './condition/is-non-empty-list.ts';
import conditionIsNonEmptyString from './condition/is-non-empty-string.ts';
import conditionIsNull from './condition/is-null.ts';
import conditionIsNumber from './condition/is-number.ts';
import conditionIsObject from './condition/is-object.ts';
import conditionIsString from './condition/is-string.ts';
import conditionalIf from './conditional/if.ts';
import conditionalMatch from './conditional/match.ts';
import conditionalSwitch from './conditional/switch.ts';
import conditionalTry from './conditional/try.ts';
import configCreateTimer from './config/create-timer.ts';
import configDeleteTimer from './config/delete-timer.ts';
import configExecute from './config/execute.ts';
import configGetApi from './config/get-api.ts';
import configGetApis from './config/get-apis.ts';
import configGetClient from './config/get-client.ts';
import configGetClients from './config/get-clients.ts';
import configGetServer from './config/get-server.ts';
import configGetServerApi from './config/get-server-api.ts';
import configGetServers from './config/get-servers.ts';
import configGetService from './config/get-service.ts';
import configGetServiceOperationArguments from './config/get-service-operation-arguments.ts';
import configGetServices from './config/get-services.ts';
import configGetTimer from './config/get-timer.ts';
import configStartTimer from './config/start-timer.ts';
import configStopTimer from './config/stop-timer.ts';
import configUpdateTimer from './config/update-timer.ts';
import dataBinarySplitBySize from './data/binary-split-by-size.ts';
import dataBinary16Decode from './data/binary/16-decode.ts';
import dataBinary16Encode from './data/binary/16-encode.ts';
import dataBinary32Decode from './data/binary/32-decode.ts';
import dataBinary32Encode from './data/binary/32-encode.ts';
import dataBinary32HexExtendedDecode from './data/binary/32-hex-extended-decode.ts';
import dataBinary32HexExtendedEncode from './data/binary/32-hex-extended-encode.ts';
import dataBinary64Decode from './data/binary/64-decode.ts';
import dataBinary64Encode from './data/binary/64-encode.ts';
import dataBinary64UrlDecode from './data/binary/64-url-decode.ts';
import dataBinary64UrlEncode from './data/binary/64-url-encode.ts';
import dataBinaryBaseDecode from './data/binary/base-decode.ts';
import dataBinaryBaseEncode from './data/binary/base-encode.ts';
import dataBinaryByteSize from './data/binary/byte-size.ts';
import dataBitSize from './data/bit-size.ts';
import dataCsvDecode from './data/csv/decode.ts';
import dataCsvEncode from './data/csv/encode.ts';
import dataDecrementBy from './data/decrement-by.ts';
import dataExecutionDecode from './data/execution/decode.ts';
import dataExecutionEncode from './data/execution/encode.ts';
import dataFormDecode from './data/form/decode.ts';
import dataFormEncode from './data/form/encode.ts';
import dataHtmlToText from './data/html/to-text.ts';
import dataIncrementBy from './data/increment-by.ts';
import dataJsonDecode from './data/json/decode.ts';
import dataJsonEncode from './data/json/encode.ts';
import dataJsonGet from './data/json/get.ts';
import dataJsonToXml from './data/json/to-xml.ts';
import dataJson5Decode from './data/json5/decode.ts';
import dataJwtDecode from './data/jwt/decode.ts';
import dataJwtEncode from './data/jwt/encode.ts';
import dataJwtSign from './data/jwt/sign.ts';
import dataJwtVerify from './data/jwt/verify.ts';
import dataLarger from './data/larger.ts';
import dataMap from './data/map.ts';
import dataMarkdownToHtml from './data/markdown/to-html.ts';
import dataNdjsonDecode from './data/ndjson/decode.ts';
import dataNdjsonEncode from './data/ndjson/encode.ts';
import dataSet from './data/set.ts';
import dataSmaller from './data/smaller.ts';
import dataTomlDecode from './data/toml/decode.ts';
import dataTomlEncode from './data/toml/encode.ts';
import dataUriDecode from './data/uri/decode.ts';
import dataUriDecodeQuery from './data/uri/decode-query.ts';
import dataUriEncode from './data/uri/encode.ts';
import dataUriEncodeQuery from './data/uri/encode-query.ts';
import dataValidation from './data/validation.ts';
import dataXmlDecode from './data/xml/decode.ts';
import dataXmlEncode from './data/xml/encode.ts';
import dataXmlToJson from './data/xml/to-json.ts';
import dataYamlDecode from './data/yaml/decode.ts';
import dataYamlEncode from './data/yaml/encode.ts';
import datetimeAddDuration from './datetime/add-duration.ts';
import datetimeCalendar from './datetime/calendar.ts';
import datetimeConvertZone from './datetime/convert-zone.ts';
import datetimeCurrentDate from './datetime/current-date.ts';
import datetimeCurrentDay from './datetime/current-day.ts';
import datetimeCurrentMonotonicTime from './datetime/current-monotonic-time.ts';
import datetimeCurrentOsTime from './datetime/current-os-time.ts';
import datetimeCurrentSystemTime from './datetime/current-system-time.ts';
import datetimeCurrentTime from './datetime/current-time.ts';
import datetimeCurrentUnixTime from './datetime/current-unix-time.ts';
import datetimeDateCompare from './datetime/date-compare.ts';
import datetimeDateDiff from './datetime/date-diff.ts';
import datetimeDatetimeAdd from './datetime/datetime-add.ts';
import datetimeDatetimeAddToNow from './datetime/datetime-add-to-now.ts';
import datetimeDatetimeCompare from './datetime/datetime-compare.ts';
import datetimeDatetimeDiff from './datetime/datetime-diff.ts';
import datetimeDatetimeFromUnixTime from './datetime/datetime-from-unix-time.ts';
import datetimeDatetimeToDate from './datetime/datetime-to-date.ts';
import datetimeDatetimeToTime from './datetime/datetime-to-time.ts';
import datetimeDatetimeToUnixTime from './datetime/datetime-to-unix-time.ts';
import datetimeDurationBetween from './datetime/duration-between.ts';
import datetimeDurationFormat from './datetime/duration-format.ts';
import datetimeDurationParse from './datetime/duration-parse.ts';
import datetimeEndOf from './datetime/end-of.ts';
import datetimeFormat from './datetime/format.ts';
import datetimeIsValid from './datetime/is-valid.ts';
import datetimeNow from './datetime/now.ts';
import datetimeParse from './datetime/parse.ts';
import datetimeParts from './datetime/parts.ts';
import datetimeRange from './datetime/range.ts';
import datetimeStartOf from './datetime/start-of.ts';
import datetimeTimeCompare from './datetime/time-compare.ts';
import datetimeTimeDiff from './datetime/time-diff.ts';
import fileAppend from './file/append.ts';
import fileDelete from './file/delete.ts';
import fileList from './file/list.ts';
import fileMkdir from './file/mkdir.ts';
import fileRead from './file/read.ts';
import fileWrite from './file/write.ts';
import floatCeiling from './float/ceiling.ts';
import floatFloor from './float/floor.ts';
import floatLarger from './float/larger.ts';
import floatParse from './float/parse.ts';
import floatRandom from './float/random.ts';
import floatRatio from './float/ratio.ts';
import floatRound from './float/round.ts';
import floatSmaller from './float/smaller.ts';
import floatToInteger from './float/to-integer.ts';
import floatToString from './float/to-string.ts';
import flowCache from './flow/cache.ts';
import flowCircuitBreaker from './flow/circuit-breaker.ts';
import flowDebounce from './flow/debounce.ts';
import flowParallel from './flow/parallel.ts';
import flowRace from './flow/race.ts';
import flowRateLimit from './flow/rate-limit.ts';
import flowRetry from './flow/retry.ts';
import flowThrottle from './flow/throttle.ts';
import flowTimeout from './flow/timeout.ts';
import flowWait from './flow/wait.ts';
import hashTableDecrementData from './hash-table/decrement-data.ts';
import hashTableDeleteData from './hash-table/delete-data.ts';
import hashTableGetCache from './hash-table/get-cache.ts';
import hashTableGetData from './hash-table/get-data.ts';
import hashTableIncrementData from './hash-table/increment-data.ts';
import hashTableSetData from './hash-table/set-data.ts';
import httpFileRequest from './http/file-request.ts';
import httpFormRequest from './http/form-request.ts';
import httpMultipartRequest from './http/multipart-request.ts';
import httpPaginate from './http/paginate.ts';
import httpRequest from './http/request.ts';
import integerDivide from './integer/divide.ts';
import integerDivideQuotient from './integer/divide-quotient.ts';
import integerDivideRemainder from './integer/divide-remainder.ts';
import integerLarger from './integer/larger.ts';
import integerParse from './integer/parse.ts';
import integerRandom from './integer/random.ts';
import integerSmaller from './integer/smaller.ts';
import integerToArray from './integer/to-array.ts';
import integerToBitFlags from './integer/to-bit-flags.ts';
import integerToFloat from './integer/to-float.ts';
import integerToString from './integer/to-string.ts';
import integerUndigits from './integer/undigits.ts';
import integerUnique from './integer/unique.ts';
import iterationAllAreTrue from './iteration/all-are-true.ts';
import iterationAnyIsTrue from './iteration/any-is-true.ts';
import iterationFilter from './iteration/filter.ts';
import iterationFind from './iteration/find.ts';
import iterationFindIndex from './iteration/find-index.ts';
import iterationFindValue from './iteration/find-value.ts';
import iterationFlatMap from './iteration/flat-map.ts';
import iterationForEach from './iteration/for-each.ts';
import iterationMap from './iteration/map.ts';
import iterationReduce from './iteration/reduce.ts';
import iterationRepeat from './iteration/repeat.ts';
import iterationWhile from './iteration/while.ts';
import jsonataTransform from './jsonata/transform.ts';
import type { ActionDefinition } from './kit/index.ts';
import mathCalculate from './math/calculate.ts';
import mathDiv from './math/div.ts';
import mathOperation from './math/operation.ts';
import numberClamp from './number/clamp.ts';
import numberFormat from './number/format.ts';
import numberParse from './number/parse.ts';
import numberRound from './number/round.ts';
import objectCount from './object/count.ts';
import objectDeepMerge from './object/deep-merge.ts';
import objectDelete from './object/delete.ts';
import objectDiff from './object/diff.ts';
import objectEntries from './object/entries.ts';
import objectFlatten from './object/flatten.ts';
import objectGet from './object/get.ts';
import objectGetIn from './object/get-in.ts';
import objectHasKey from './object/has-key.ts';
import objectInvert from './object/invert.ts';
import objectIsEmpty from './object/is-empty.ts';
import objectIsEqual from './object/is-equal.ts';
import objectKeys from './object/keys.ts';
import objectMapKey from './object/map-key.ts';
import objectMapValues from './object/map-values.ts';
import objectMerge from './object/merge.ts';
import objectMergePatch from './object/merge-patch.ts';
import objectOmit from './object/omit.ts';
import objectPatch from './object/patch.ts';
import objectPick from './object/pick.ts';
import objectPut from './object/put.ts';
import objectPutIfExist from './object/put-if-exist.ts';
import objectPutIfNew from './object/put-if-new.ts';
import objectPutIn from './object/put-in.ts';
import objectRename from './object/rename.ts';
import objectSplit from './object/split.ts';
import objectTake from './object/take.ts';
import objectToDelimitedString from './object/to-delimited-string.ts';
import objectUnflatten from './object/unflatten.ts';
import objectValues from './object/values.ts';
import organizationComment from './organization/comment.ts';
import organizationGroup from './organization/group.ts';
import randomBytes from './random/bytes.ts';
import randomText from './random/text.ts';
import randomWeighted from './random/weighted.ts';
import scopeBreak from './scope/break.ts';
import scopeRaise from './scope/raise.ts';
import scopeSet from './scope/set.ts';
import securityAesGcmDecrypt from './security/aes-gcm-decrypt.ts';
import securityAesGcmEncrypt from './security/aes-gcm-encrypt.ts';
import securityAuthDecode from './security/auth-decode.ts';
import securityAuthEncodeBasic from './security/auth-encode-basic.ts';
import securityAuthEncodeBearer from './security/auth-encode-bearer.ts';
import securityAuthEncodeDigest from './security/auth-encode-digest.ts';
import securityAuthorizationDecode from './security/authorization-decode.ts';
import securityConstantTimeEqual from './security/constant-time-equal.ts';
import securityDecrypt from './security/decrypt.ts';
import securityDigestResponse from './security/digest-response.ts';
import securityEncrypt from './security/encrypt.ts';
import securityHash from './security/hash.ts';
import securityHmac from './security/hmac.ts';
import securityHmacVerify from './security/hmac-verify.ts';
import securityMac from './security/mac.ts';
import securityPasswordHash from './security/password-hash.ts';
import securityPasswordVerify from './security/password-verify.ts';
import securityRandomToken from './security/random-token.ts';
import serverStart from './server/start.ts';
import serverStartAll from './server/start-all.ts';
import serverStop from './server/stop.ts';
import serverStopAll from './server/stop-all.ts';
import serviceOperation from './service/operation.ts';
import stringAt from './string/at.ts';
import stringCamelCase from './string/camel-case.ts';
import stringCapitalizeFirst from './string/capitalize-first.ts';
import stringCharacterDecode from './string/character-decode.ts';
import stringCharacterEncode from './string/character-encode.ts';
import stringCharacters from './string/characters.ts';
import stringConcatenate from './string/concatenate.ts';
import stringContains from './string/contains.ts';
import stringCount from './string/count.ts';
import stringDowncase from './string/downcase.ts';
import stringDuplicate from './string/duplicate.ts';
import stringEndsWith from './string/ends-with.ts';
import stringEscape from './string/escape.ts';
import stringEscapeHtml from './string/escape-html.ts';
import stringFirst from './string/first.ts';
import stringIndexOf from './string/index-of.ts';
import stringInterpolate from './string/interpolate.ts';
import stringIsEqual from './string/is-equal.ts';
import stringJoin from './string/join.ts';
import stringKebabCase from './string/kebab-case.ts';
import stringLast from './string/last.ts';
import stringLength from './string/length.ts';
import stringMask from './string/mask.ts';
import stringNormalize from './string/normalize.ts';
import stringPadLeading from './string/pad-leading.ts';
import stringPadTrailing from './string/pad-trailing.ts';
import stringRegexCaptureToObject from './string/regex-capture-to-object.ts';
import stringRegexIsMatch from './string/regex-is-match.ts';
import stringRegexReplace from './string/regex-replace.ts';
import stringRegexRun from './string/regex-run.ts';
import stringRegexScan from './string/regex-scan.ts';
import stringRegexSplit from './string/regex-split.ts';
import stringRemoveAccents from './string/remove-accents.ts';
import stringReplace from './string/replace.ts';
import stringReplaceLeading from './string/replace-leading.ts';
import stringReplacePrefix from './string/replace-prefix.ts';
import stringReplaceSuffix from './string/replace-suffix.ts';
import stringReplaceTrailing from './string/replace-trailing.ts';
import stringReverse from './string/reverse.ts';
import stringSimilarity from './string/similarity.ts';
import stringSlice from './string/slice.ts';
import stringSlug from './string/slug.ts';
import stringSnakeCase from './string/snake-case.ts';
import stringSplit from './string/split.ts';
import stringSplitAt from './string/split-at.ts';
import stringSplitAtMultiple from './string/split-at-multiple.ts';
import stringSplitBy from './string/split-by.ts';
import stringSplitByNewline from './string/split-by-newline.ts';
import stringStartsWith from './string/starts-with.ts';
import stringTemplate from './string/template.ts';
import stringTitleCase from './string/title-case.ts';
import stringToFloat from './string/to-float.ts';
import stringToInteger from './string/to-integer.ts';
import stringToIntegerByBase from './string/to-integer-by-base.ts';
import stringTrim from './string/trim.ts';
import stringTrimBy from './string/trim-by.ts';
import stringTrimLeading from './string/trim-leading.ts';
import stringTrimLeadingBy from './string/trim-leading-by.ts';
import stringTrimTrailing from './string/trim-trailing.ts';
import stringTrimTrailingBy from './string/trim-trailing-by.ts';
import stringTruncate from './string/truncate.ts';
import stringUnescape from './string/unescape.ts';
import stringUnescapeHtml from './string/unescape-html.ts';
import stringUpcase from './string/upcase.ts';
import stringWords from './string/words.ts';
import syslogSyslogUdpRfc3164 from './syslog/syslog-udp-rfc3164.ts';
import syslogSyslogUdpRfc5424 from './syslog/syslog-udp-rfc5424.ts';
import systemAsync from './system/async.ts';
import systemAsyncStream from './system/async-stream.ts';
import systemCommand from './system/command.ts';
import systemElixir from './system/elixir.ts';
import systemGetOsVariable from './system/get-os-variable.ts';
import systemLog from './system/log.ts';
import systemProductInfo from './system/product-info.ts';
import systemRatelimit from './system/ratelimit.ts';
import threadSleep from './thread/sleep.ts';
import uuidFormat from './uuid/format.ts';
import uuidMd5 from './uuid/md5.ts';
import uuidParse from './uuid/parse.ts';
import uuidRandom from './uuid/random.ts';
import uuidSha1 from './uuid/sha1.ts';
import uuidStandard from './uuid/standard.ts';
import uuidUlid from './uuid/ulid.ts';
import uuidV7 from './uuid/v7.ts';
import uuidValidate from './uuid/validate.ts';
import variableSet from './variable/set.ts';
import webhookSign from './webhook/sign.ts';
import webhookVerify from './webhook/verify.ts';

/** The action library, ordered by id. */
export const actions: readonly ActionDefinition[] = [
  apiOperation,
  arrayAdd,
  arrayAt,
  arrayAverage,
  arrayChunk,
  arrayConcatenate,
  arrayCount,
  arrayCountBy,
  arrayDeDuplicate,
  arrayDelete,
  arrayDeleteAt,
  arrayDrop,
  arrayDropEvery,
  arrayDuplicate,
  arrayFindDuplicates,
  arrayFirst,
  arrayFlatten,
  arrayGroupBy,
  arrayIndexBy,
  arrayInsertAt,
  arrayIntersection,
  arrayIntersperse,
  arrayIsEmpty,
  arrayIsMember,
  arrayJoin,
  arrayLast,
  arrayMaximum,
  arrayMinimum,
  arrayMinimumMaximum,
  arrayNotIn,
  arrayPartition,
  arrayPluck,
  arrayRandom,
  arrayRange,
  arrayReplaceAt,
  arrayReverse,
  arrayReverseSlice,
  arrayShuffle,
  arraySlice,
  arraySlidingWindow,
  arraySort,
  arraySortBy,
  arraySortByPath,
  arraySplit,
  arrayStartsWith,
  arraySum,
  arraySumBy,
  arrayTake,
  arrayTakeEvery,
  arrayTakeRandom,
  arrayToInteger,
  arrayToObject,
  arrayToString,
  arrayTrim,
  arrayUnion,
  arrayUnique,
  arrayUniqueBy,
  arrayWrap,
  arrayZip,
  compressionBrotliCompress,
  compressionBrotliDecompress,
  compressionDeflate,
  compressionGunzip,
  compressionGzip,
  compressionInflate,
  compressionUnzip,
  compressionZip,
  conditionIsArray,
  conditionIsBoolean,
  conditionIsEqualTo,
  conditionIsFloat,
  conditionIsInteger,
  conditionIsLargerThan,
  conditionIsLargerThanOrEqualTo,
  conditionIsLessThan,
  conditionIsLessThanOrEqualTo,
  conditionIsNonEmptyList,
  conditionIsNonEmptyString,
  conditionIsNull,
  conditionIsNumber,
  conditionIsObject,
  conditionIsString,
  conditionalIf,
  conditionalMatch,
  conditionalSwitch,
  conditionalTry,
  configCreateTimer,
  configDeleteTimer,
  configExecute,
  configGetApi,
  configGetApis,
  configGetClient,
  configGetClients,
  configGetServer,
  configGetServerApi,
  configGetServers,
  configGetService,
  configGetServiceOperationArguments,
  configGetServices,
  configGetTimer,
  configStartTimer,
  configStopTimer,
  configUpdateTimer,
  dataBinarySplitBySize,
  dataBinary16Decode,
  dataBinary16Encode,
  dataBinary32Decode,
  dataBinary32Encode,
  dataBinary32HexExtendedDecode,
  dataBinary32HexExtendedEncode,
  dataBinary64Decode,
  dataBinary64Encode,
  dataBinary64UrlDecode,
  dataBinary64UrlEncode,
  dataBinaryBaseDecode,
  dataBinaryBaseEncode,
  dataBinaryByteSize,
  dataBitSize,
  dataCsvDecode,
  dataCsvEncode,
  dataDecrementBy,
  dataExecutionDecode,
  dataExecutionEncode,
  dataFormDecode,
  dataFormEncode,
  dataHtmlToText,
  dataIncrementBy,
  dataJsonDecode,
  dataJsonEncode,
  dataJsonGet,
  dataJsonToXml,
  dataJson5Decode,
  dataJwtDecode,
  dataJwtEncode,
  dataJwtSign,
  dataJwtVerify,
  dataLarger,
  dataMap,
  dataMarkdownToHtml,
  dataNdjsonDecode,
  dataNdjsonEncode,
  dataSet,
  dataSmaller,
  dataTomlDecode,
  dataTomlEncode,
  dataUriDecode,
  dataUriDecodeQuery,
  dataUriEncode,
  dataUriEncodeQuery,
  dataValidation,
  dataXmlDecode,
  dataXmlEncode,
  dataXmlToJson,
  dataYamlDecode,
  dataYamlEncode,
  datetimeAddDuration,
  datetimeCalendar,
  datetimeConvertZone,
  datetimeCurrentDate,
  datetimeCurrentDay,
  datetimeCurrentMonotonicTime,
  datetimeCurrentOsTime,
  datetimeCurrentSystemTime,
  datetimeCurrentTime,
  datetimeCurrentUnixTime,
  datetimeDateCompare,
  datetimeDateDiff,
  datetimeDatetimeAdd,
  datetimeDatetimeAddToNow,
  datetimeDatetimeCompare,
  datetimeDatetimeDiff,
  datetimeDatetimeFromUnixTime,
  datetimeDatetimeToDate,
  datetimeDatetimeToTime,
  datetimeDatetimeToUnixTime,
  datetimeDurationBetween,
  datetimeDurationFormat,
  datetimeDurationParse,
  datetimeEndOf,
  datetimeFormat,
  datetimeIsValid,
  datetimeNow,
  datetimeParse,
  datetimeParts,
  datetimeRange,
  datetimeStartOf,
  datetimeTimeCompare,
  datetimeTimeDiff,
  fileAppend,
  fileDelete,
  fileList,
  fileMkdir,
  fileRead,
  fileWrite,
  floatCeiling,
  floatFloor,
  floatLarger,
  floatParse,
  floatRandom,
  floatRatio,
  floatRound,
  floatSmaller,
  floatToInteger,
  floatToString,
  flowCache,
  flowCircuitBreaker,
  flowDebounce,
  flowParallel,
  flowRace,
  flowRateLimit,
  flowRetry,
  flowThrottle,
  flowTimeout,
  flowWait,
  hashTableDecrementData,
  hashTableDeleteData,
  hashTableGetCache,
  hashTableGetData,
  hashTableIncrementData,
  hashTableSetData,
  httpFileRequest,
  httpFormRequest,
  httpMultipartRequest,
  httpPaginate,
  httpRequest,
  integerDivide,
  integerDivideQuotient,
  integerDivideRemainder,
  integerLarger,
  integerParse,
  integerRandom,
  integerSmaller,
  integerToArray,
  integerToBitFlags,
  integerToFloat,
  integerToString,
  integerUndigits,
  integerUnique,
  iterationAllAreTrue,
  iterationAnyIsTrue,
  iterationFilter,
  iterationFind,
  iterationFindIndex,
  iterationFindValue,
  iterationFlatMap,
  iterationForEach,
  iterationMap,
  iterationReduce,
  iterationRepeat,
  iterationWhile,
  jsonataTransform,
  mathCalculate,
  mathDiv,
  mathOperation,
  numberClamp,
  numberFormat,
  numberParse,
  numberRound,
  objectCount,
  objectDeepMerge,
  objectDelete,
  objectDiff,
  objectEntries,
  objectFlatten,
  objectGet,
  objectGetIn,
  objectHasKey,
  objectInvert,
  objectIsEmpty,
  objectIsEqual,
  objectKeys,
  objectMapKey,
  objectMapValues,
  objectMerge,
  objectMergePatch,
  objectOmit,
  objectPatch,
  objectPick,
  objectPut,
  objectPutIfExist,
  objectPutIfNew,
  objectPutIn,
  objectRename,
  objectSplit,
  objectTake,
  objectToDelimitedString,
  objectUnflatten,
  objectValues,
  organizationComment,
  organizationGroup,
  randomBytes,
  randomText,
  randomWeighted,
  scopeBreak,
  scopeRaise,
  scopeSet,
  securityAesGcmDecrypt,
  securityAesGcmEncrypt,
  securityAuthDecode,
  securityAuthEncodeBasic,
  securityAuthEncodeBearer,
  securityAuthEncodeDigest,
  securityAuthorizationDecode,
  securityConstantTimeEqual,
  securityDecrypt,
  securityDigestResponse,
  securityEncrypt,
  securityHash,
  securityHmac,
  securityHmacVerify,
  securityMac,
  securityPasswordHash,
  securityPasswordVerify,
  securityRandomToken,
  serverStart,
  serverStartAll,
  serverStop,
  serverStopAll,
  serviceOperation,
  stringAt,
  stringCamelCase,
  stringCapitalizeFirst,
  stringCharacterDecode,
  stringCharacterEncode,
  stringCharacters,
  stringConcatenate,
  stringContains,
  stringCount,
  stringDowncase,
  stringDuplicate,
  stringEndsWith,
  stringEscape,
  stringEscapeHtml,
  stringFirst,
  stringIndexOf,
  stringInterpolate,
  stringIsEqual,
  stringJoin,
  stringKebabCase,
  stringLast,
  stringLength,
  stringMask,
  stringNormalize,
  stringPadLeading,
  stringPadTrailing,
  stringRegexCaptureToObject,
  stringRegexIsMatch,
  stringRegexReplace,
  stringRegexRun,
  stringRegexScan,
  stringRegexSplit,
  stringRemoveAccents,
  stringReplace,
  stringReplaceLeading,
  stringReplacePrefix,
  stringReplaceSuffix,
  stringReplaceTrailing,
  stringReverse,
  stringSimilarity,
  stringSlice,
  stringSlug,
  stringSnakeCase,
  stringSplit,
  stringSplitAt,
  stringSplitAtMultiple,
  stringSplitBy,
  stringSplitByNewline,
  stringStartsWith,
  stringTemplate,
  stringTitleCase,
  stringToFloat,
  stringToInteger,
  stringToIntegerByBase,
  stringTrim,
  stringTrimBy,
  stringTrimLeading,
  stringTrimLeadingBy,
  stringTrimTrailing,
  stringTrimTrailingBy,
  stringTruncate,
  stringUnescape,
  stringUnescapeHtml,
  stringUpcase,
  stringWords,
  syslogSyslogUdpRfc3164,
  syslogSyslogUdpRfc5424,
  systemAsync,
  systemAsyncStream,
  systemCommand,
  systemElixir,
  systemGetOsVariable,
  systemLog,
  systemProductInfo,
  systemRatelimit,
  threadSleep,
  uuidFormat,
  uuidMd5,
  uuidParse,
  uuidRandom,
  uuidSha1,
  uuidStandard,
  uuidUlid,
  uuidV7,
  uuidValidate,
  variableSet,
  webhookSign,
  webhookVerify,
];

export const actionById: ReadonlyMap<string, ActionDefinition> = new Map(actions.map((action) => [action.id, action]));
