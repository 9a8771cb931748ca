# What is said of any change.
not-found = Eso no existe aquí, o usted no puede verlo.
foreign = Este registro es de otra instancia ({ $origin }); solo ella puede modificarlo.
role-needed = Para esto hace falta la función { $role }; pídala a un administrador de esta instancia.
sign-in-first = Inicie sesión primero, o envíe un token en Authorization: Bearer.
conflict = Otra persona lo ha modificado entretanto. Vea qué es diferente y guarde de nuevo.
wrong-state = Esto no es posible ahora: { $state }.
required = Falta este dato.
invalid = La forma no es correcta: { $why }.
too-long = Es demasiado largo: { $why }.
