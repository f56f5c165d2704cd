/// The functions that PostgreSQL itself has, in schema `pg_catalog`, which every search path holds first.
///
/// The union of versions 15 and 18 (`SELECT DISTINCT proname FROM pg_proc`), without those that only the server calls
/// (type input and output, support functions, functions of operators).
enum BuiltInFunctions {
  /// Whether a function of this name comes with the server.
  static func contains(_ name: String) -> Bool { name.hasPrefix("pg_") || names.contains(name) }

  /// Whether a function of this name gives another answer at each call, so that a column default must run per row.
  static func isVolatile(_ name: String) -> Bool { volatileNames.contains(name) }

  private static let volatileNames: Set<String> = [
    "clock_timestamp", "currval", "gen_random_uuid", "lastval", "nextval", "random", "random_normal",
    "setseed",
    "setval", "set_config", "timeofday", "uuidv4", "uuidv7", "array_sample", "array_shuffle", "pg_sleep",
    "current_query", "txid_status", "query_to_xml",
  ]

  private static let names = Set(
    """
    RI_FKey_cascade_del RI_FKey_cascade_upd RI_FKey_check_ins RI_FKey_check_upd RI_FKey_noaction_del
    RI_FKey_noaction_upd RI_FKey_restrict_del RI_FKey_restrict_upd RI_FKey_setdefault_del
    RI_FKey_setdefault_upd RI_FKey_setnull_del RI_FKey_setnull_upd abbrev abs aclcontains acldefault
    aclexplode aclinsert aclremove acos acosd acosh age amvalidate any_value any_value_transfn anyarray_send
    anycompatiblearray_send anytextcat area array_agg array_append array_cat array_dims array_fill
    array_larger array_length array_lower array_ndims array_position array_positions array_prepend
    array_remove array_replace array_reverse array_sample array_send array_shuffle array_smaller array_sort
    array_to_json array_to_string array_to_tsvector array_upper arraycontained arraycontains arrayoverlap
    ascii asin asind asinh atan atan2 atan2d atand atanh avg binary_upgrade_add_sub_rel_state
    binary_upgrade_create_empty_extension binary_upgrade_logical_slot_has_caught_up
    binary_upgrade_replorigin_advance binary_upgrade_set_missing_value
    binary_upgrade_set_next_array_pg_type_oid binary_upgrade_set_next_heap_pg_class_oid
    binary_upgrade_set_next_heap_relfilenode binary_upgrade_set_next_index_pg_class_oid
    binary_upgrade_set_next_index_relfilenode binary_upgrade_set_next_multirange_array_pg_type_oid
    binary_upgrade_set_next_multirange_pg_type_oid binary_upgrade_set_next_pg_authid_oid
    binary_upgrade_set_next_pg_enum_oid binary_upgrade_set_next_pg_tablespace_oid
    binary_upgrade_set_next_pg_type_oid binary_upgrade_set_next_toast_pg_class_oid
    binary_upgrade_set_next_toast_relfilenode binary_upgrade_set_record_init_privs bit bit_and bit_count
    bit_length bit_or bit_send bit_xor bitand bitcat bitcmp bitnot bitor bitshiftleft bitshiftright
    bittypmodin bitxor bool bool_and bool_or booland_statefunc boolor_statefunc boolsend bound_box box
    box_above box_add box_below box_center box_contain box_contain_pt box_contained box_distance
    box_intersect box_left box_overabove box_overbelow box_overlap box_overleft box_overright box_right
    box_same box_send box_sub bpchar bpchar_larger bpchar_smaller bpcharcmp bpchariclike bpcharicnlike
    bpcharlike bpcharnlike bpcharsend bpchartypmodin brin_bloom_summary_send brin_desummarize_range
    brin_minmax_multi_summary_send brin_summarize_new_values brin_summarize_range broadcast btarraycmp
    btboolcmp btbpchar_pattern_cmp btcharcmp btequalimage btfloat48cmp btfloat4cmp btfloat84cmp btfloat8cmp
    btint24cmp btint28cmp btint2cmp btint42cmp btint48cmp btint4cmp btint82cmp btint84cmp btint8cmp
    btnamecmp btnametextcmp btoidcmp btoidvectorcmp btrecordcmp btrecordimagecmp btrim bttext_pattern_cmp
    bttextcmp bttextnamecmp bttidcmp btvarstrequalimage bytea bytea_larger bytea_smaller byteacat byteacmp
    bytealike byteanlike byteasend cardinality casefold cash_cmp cash_div_cash cash_div_flt4 cash_div_flt8
    cash_div_int2 cash_div_int4 cash_div_int8 cash_mul_flt4 cash_mul_flt8 cash_mul_int2 cash_mul_int4
    cash_mul_int8 cash_send cash_words cashlarger cashsmaller cbrt ceil ceiling center char char_length
    character_length charsend chr cidr cidr_send cidsend circle circle_above circle_add_pt circle_below
    circle_center circle_contain circle_contain_pt circle_contained circle_distance circle_div_pt
    circle_left circle_mul_pt circle_overabove circle_overbelow circle_overlap circle_overleft
    circle_overright circle_right circle_same circle_send circle_sub_pt clock_timestamp close_ls close_lseg
    close_pb close_ps close_sb col_description concat concat_ws convert convert_from convert_to corr cos
    cosd cosh cot cotd count covar_pop covar_samp crc32 crc32c cume_dist current_database current_query
    current_schema current_schemas current_setting current_user currtid2 currval cursor_to_xml
    cursor_to_xmlschema database_to_xml database_to_xml_and_xmlschema database_to_xmlschema date date_add
    date_bin date_cmp date_cmp_timestamp date_cmp_timestamptz date_eq_timestamp date_eq_timestamptz
    date_ge_timestamp date_ge_timestamptz date_gt_timestamp date_gt_timestamptz date_larger
    date_le_timestamp date_le_timestamptz date_lt_timestamp date_lt_timestamptz date_mi_interval date_mii
    date_ne_timestamp date_ne_timestamptz date_part date_pl_interval date_pli date_send date_smaller
    date_subtract date_trunc datemultirange daterange daterange_canonical daterange_subdiff dcbrt decode
    degrees dense_rank dexp diagonal diameter dist_bp dist_bs dist_cpoint dist_cpoly dist_lp dist_ls
    dist_pathp dist_pb dist_pc dist_polyc dist_polyp dist_ppath dist_ppoly dist_ps dist_sb dist_sl dist_sp
    div dlog1 dlog10 dpow dround dsqrt dtrunc encode enum_cmp enum_first enum_larger enum_last enum_range
    enum_send enum_smaller erf erfc every exp extract factorial family first_value float4 float4_accum
    float4abs float4larger float4send float4smaller float8 float8_accum float8_avg float8_combine
    float8_corr float8_covar_pop float8_covar_samp float8_regr_accum float8_regr_avgx float8_regr_avgy
    float8_regr_combine float8_regr_intercept float8_regr_r2 float8_regr_slope float8_regr_sxx
    float8_regr_sxy float8_regr_syy float8_stddev_pop float8_stddev_samp float8_var_pop float8_var_samp
    float8abs float8larger float8send float8smaller floor flt4_mul_cash flt8_mul_cash fmgr_c_validator
    fmgr_internal_validator fmgr_sql_validator format format_type gamma gcd gen_random_uuid generate_series
    generate_subscripts get_bit get_byte get_current_ts_config getdatabaseencoding getpgusername
    gin_clean_pending_list gin_cmp_tslexeme gin_compare_jsonb gist_translate_cmptype_common
    has_any_column_privilege has_column_privilege has_database_privilege has_foreign_data_wrapper_privilege
    has_function_privilege has_language_privilege has_largeobject_privilege has_parameter_privilege
    has_schema_privilege has_sequence_privilege has_server_privilege has_table_privilege
    has_tablespace_privilege has_type_privilege hash_aclitem hash_aclitem_extended hash_array
    hash_array_extended hash_multirange hash_multirange_extended hash_numeric hash_numeric_extended
    hash_range hash_range_extended hash_record hash_record_extended hashbool hashboolextended hashbpchar
    hashbpcharextended hashbytea hashbyteaextended hashchar hashcharextended hashcid hashcidextended
    hashdate hashdateextended hashenum hashenumextended hashfloat4 hashfloat4extended hashfloat8
    hashfloat8extended hashinet hashinetextended hashint2 hashint2extended hashint4 hashint4extended
    hashint8 hashint8extended hashmacaddr hashmacaddr8 hashmacaddr8extended hashmacaddrextended hashname
    hashnameextended hashoid hashoidextended hashoidvector hashoidvectorextended hashtext hashtextextended
    hashtid hashtidextended hashxid hashxid8 hashxid8extended hashxidextended height host hostmask
    icu_unicode_version in_range inet_client_addr inet_client_port inet_merge inet_same_family inet_send
    inet_server_addr inet_server_port inetand inetmi_int8 inetnot inetor initcap int2 int2_avg_accum
    int2_avg_accum_inv int2_mul_cash int2_sum int2abs int2and int2int4_sum int2larger int2mod int2not int2or
    int2send int2shl int2shr int2smaller int2vectorsend int2xor int4 int4_avg_accum int4_avg_accum_inv
    int4_avg_combine int4_mul_cash int4_sum int4abs int4and int4inc int4larger int4mod int4multirange
    int4not int4or int4range int4range_canonical int4range_subdiff int4send int4shl int4shr int4smaller
    int4xor int8 int8_avg int8_mul_cash int8_sum int8abs int8and int8dec int8dec_any int8inc int8inc_any
    int8inc_float8_float8 int8larger int8mod int8multirange int8not int8or int8pl_inet int8range
    int8range_canonical int8range_subdiff int8send int8shl int8shr int8smaller int8xor integer_pl_date
    inter_lb inter_sb inter_sl interval interval_accum interval_accum_inv interval_avg interval_cmp
    interval_combine interval_hash interval_hash_extended interval_larger interval_pl_date interval_pl_time
    interval_pl_timestamp interval_pl_timestamptz interval_pl_timetz interval_send interval_smaller
    intervaltypmodin is_normalized isclosed isempty isfinite ishorizontal isopen isparallel isperp
    isvertical json_agg json_agg_strict json_array_element json_array_element_text json_array_elements
    json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text
    json_extract_path json_extract_path_text json_object json_object_agg json_object_agg_strict
    json_object_agg_unique json_object_agg_unique_strict json_object_field json_object_field_text
    json_object_keys json_populate_record json_populate_recordset json_send json_strip_nulls json_to_record
    json_to_recordset json_to_tsvector json_typeof jsonb_agg jsonb_agg_strict jsonb_array_element
    jsonb_array_element_text jsonb_array_elements jsonb_array_elements_text jsonb_array_length
    jsonb_build_array jsonb_build_object jsonb_cmp jsonb_concat jsonb_contained jsonb_contains jsonb_delete
    jsonb_delete_path jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any
    jsonb_extract_path jsonb_extract_path_text jsonb_hash jsonb_hash_extended jsonb_insert jsonb_object
    jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict
    jsonb_object_field jsonb_object_field_text jsonb_object_keys jsonb_path_exists jsonb_path_exists_opr
    jsonb_path_exists_tz jsonb_path_match jsonb_path_match_opr jsonb_path_match_tz jsonb_path_query
    jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz
    jsonb_path_query_tz jsonb_populate_record jsonb_populate_record_valid jsonb_populate_recordset
    jsonb_pretty jsonb_send jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset
    jsonb_to_tsvector jsonb_typeof jsonpath_send justify_days justify_hours justify_interval lag last_value
    lastval lcm lead left length lgamma like like_escape line line_distance line_horizontal line_interpt
    line_intersect line_parallel line_perp line_send line_vertical ln lo_close lo_creat lo_create lo_export
    lo_from_bytea lo_get lo_import lo_lseek lo_lseek64 lo_open lo_put lo_tell lo_tell64 lo_truncate
    lo_truncate64 lo_unlink log log10 loread lower lower_inc lower_inf lowrite lpad lseg lseg_center
    lseg_distance lseg_horizontal lseg_interpt lseg_intersect lseg_length lseg_parallel lseg_perp lseg_send
    lseg_vertical ltrim macaddr macaddr8 macaddr8_and macaddr8_cmp macaddr8_not macaddr8_or macaddr8_send
    macaddr8_set7bit macaddr_and macaddr_cmp macaddr_not macaddr_or macaddr_send make_date make_interval
    make_time make_timestamp make_timestamptz makeaclitem masklen max md5 min min_scale mod mode money
    mul_d_interval multirange multirange_cmp multirange_contains_elem multirange_intersect
    multirange_intersect_agg_transfn multirange_minus multirange_send multirange_union mxid_age name
    nameconcatoid nameeqtext namegetext namegttext nameiclike nameicnlike nameletext namelike namelttext
    namenetext namenlike namesend netmask network network_cmp network_larger network_overlap network_smaller
    network_sub nextval normalize notlike now npoints nth_value ntile num_nonnulls num_nulls numeric
    numeric_abs numeric_add numeric_cmp numeric_div_trunc numeric_exp numeric_inc numeric_larger numeric_ln
    numeric_log numeric_mod numeric_pl_pg_lsn numeric_power numeric_send numeric_smaller numeric_sqrt
    numeric_sub numeric_uminus numeric_uplus numerictypmodin nummultirange numnode numrange numrange_subdiff
    obj_description octet_length oid oidlarger oidsend oidsmaller oidvectorsend oidvectortypes on_pb
    on_ppath on_ps on_sb on_sl overlaps overlay parse_ident path path_add path_add_pt path_contain_pt
    path_distance path_div_pt path_inter path_length path_mul_pt path_npoints path_send path_sub_pt pclose
    percent_rank percentile_cont percentile_disc phraseto_tsquery pi plainto_tsquery plpgsql_validator point
    point_above point_add point_below point_distance point_horiz point_left point_right point_send point_sub
    point_vert poly_above poly_below poly_center poly_contain poly_contain_pt poly_contained poly_distance
    poly_left poly_npoints poly_overabove poly_overbelow poly_overlap poly_overleft poly_overright
    poly_right poly_same poly_send polygon popen position postgresql_fdw_validator pow power
    pt_contained_poly query_to_xml query_to_xml_and_xmlschema query_to_xmlschema querytree quote_ident
    quote_literal quote_nullable radians radius random random_normal range_adjacent range_after range_agg
    range_before range_cmp range_contained_by range_contains range_contains_elem range_intersect
    range_intersect_agg range_intersect_agg_transfn range_merge range_minus range_overlaps range_overleft
    range_overright range_send range_union rank record_larger record_send record_smaller regclass
    regclasssend regcollationsend regconfigsend regdictionarysend regexp_count regexp_instr regexp_like
    regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr
    regnamespacesend regoperatorsend regopersend regproceduresend regprocsend regr_avgx regr_avgy regr_count
    regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy regrolesend regtypesend repeat replace
    reverse right round row_number row_security_active row_to_json rpad rtrim satisfies_hash_partition scale
    schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema session_user set_bit set_byte set_config
    set_masklen setseed setval setweight sha224 sha256 sha384 sha512 shobj_description sign similar_escape
    similar_to_escape sin sind sinh slope spg_poly_quad_compress split_part sqrt starts_with
    statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strip
    strpos substr substring sum suppress_redundant_updates_trigger system_user table_to_xml
    table_to_xml_and_xmlschema table_to_xmlschema tan tand tanh text text_larger text_smaller textanycat
    textcat texteqname textgename textgtname texticlike texticnlike textlen textlename textlike textltname
    textnename textnlike textsend tidlarger tidsend tidsmaller time time_cmp time_hash time_hash_extended
    time_larger time_mi_interval time_mi_time time_pl_interval time_send time_smaller timeofday timestamp
    timestamp_cmp timestamp_cmp_date timestamp_cmp_timestamptz timestamp_eq_date timestamp_eq_timestamptz
    timestamp_ge_date timestamp_ge_timestamptz timestamp_gt_date timestamp_gt_timestamptz timestamp_hash
    timestamp_hash_extended timestamp_larger timestamp_le_date timestamp_le_timestamptz timestamp_lt_date
    timestamp_lt_timestamptz timestamp_mi_interval timestamp_ne_date timestamp_ne_timestamptz
    timestamp_pl_interval timestamp_send timestamp_smaller timestamptypmodin timestamptz timestamptz_cmp
    timestamptz_cmp_date timestamptz_cmp_timestamp timestamptz_eq_date timestamptz_eq_timestamp
    timestamptz_ge_date timestamptz_ge_timestamp timestamptz_gt_date timestamptz_gt_timestamp
    timestamptz_hash timestamptz_hash_extended timestamptz_larger timestamptz_le_date
    timestamptz_le_timestamp timestamptz_lt_date timestamptz_lt_timestamp timestamptz_mi_interval
    timestamptz_ne_date timestamptz_ne_timestamp timestamptz_pl_interval timestamptz_send
    timestamptz_smaller timestamptztypmodin timetypmodin timetz timetz_cmp timetz_hash timetz_hash_extended
    timetz_larger timetz_mi_interval timetz_pl_interval timetz_send timetz_smaller timetztypmodin timezone
    to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number to_oct to_regclass to_regcollation
    to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_regtypemod
    to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim_array trim_scale trunc ts_debug
    ts_delete ts_filter ts_headline ts_lexize ts_match_qv ts_match_tq ts_match_tt ts_match_vq ts_parse
    ts_rank ts_rank_cd ts_rewrite ts_stat ts_token_type tsmultirange tsq_mcontained tsq_mcontains
    tsquery_and tsquery_cmp tsquery_not tsquery_or tsquery_phrase tsquerysend tsrange tsrange_subdiff
    tstzmultirange tstzrange tstzrange_subdiff tsvector_cmp tsvector_concat tsvector_to_array
    tsvector_update_trigger tsvector_update_trigger_column tsvectorsend txid_current
    txid_current_if_assigned txid_current_snapshot txid_snapshot_send txid_snapshot_xip txid_snapshot_xmax
    txid_snapshot_xmin txid_status txid_visible_in_snapshot unicode_assigned unicode_version
    unique_key_recheck unistr unknownsend unnest upper upper_inc upper_inf uuid_cmp uuid_extract_timestamp
    uuid_extract_version uuid_hash uuid_hash_extended uuid_send uuidv4 uuidv7 var_pop var_samp varbit
    varbit_send varbitcmp varbittypmodin varchar varcharsend varchartypmodin variance version void_send
    websearch_to_tsquery width width_bucket xid xid8_larger xid8_smaller xid8cmp xid8send xideqint4
    xidneqint4 xidsend xml xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document
    xml_send xmlagg xmlcomment xmlconcat2 xmlexists xmltext xmlvalidate xpath xpath_exists
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
